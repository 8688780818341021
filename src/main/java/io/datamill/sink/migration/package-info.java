/** Brings the stores to the form that the sinks write: versioned, never by hand. */
package io.datamill.sink.migration;
