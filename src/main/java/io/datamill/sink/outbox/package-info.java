/** Writes rows to a store that may refuse one of them, be slow or be down, without holding up the stream. */
package io.datamill.sink.outbox;
