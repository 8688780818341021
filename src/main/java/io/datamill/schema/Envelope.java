package io.datamill.schema;

/** How one payload stands in its record, and which schema it was written with. Not safe for use by several threads. */
interface Envelope extends AutoCloseable {

    /** @throws UndecodableException when the record is not of this form */
    Frame decode(byte[] framed) throws UndecodableException;

    @Override
    default void close() {}
}
