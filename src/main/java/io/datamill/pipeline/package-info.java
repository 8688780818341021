/** A pipeline's file, read and planned: every mistake is found before anything starts. */
package io.datamill.pipeline;
