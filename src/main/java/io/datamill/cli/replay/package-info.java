/** What was rejected, looked at and run again; and the raw lake, of which any stretch can be run again. */
package io.datamill.cli.replay;
