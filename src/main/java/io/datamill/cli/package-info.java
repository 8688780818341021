/** The datamill command. */
package io.datamill.cli;
