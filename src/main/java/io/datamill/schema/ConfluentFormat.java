package io.datamill.schema;

import io.datamill.schema.UndecodableException.Reason;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Confluent's wire format: a byte 0, the schema's id as 4 bytes big-endian, then the payload
 * (docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop, "Wire format").
 */
final class ConfluentFormat implements Envelope {
    /** Bytes before the payload. */
    static final int HEADER_LENGTH = 5;

    private final ConfluentIds ids;

    ConfluentFormat(ConfluentIds ids) {
        this.ids = ids;
    }

    @Override
    public Frame decode(byte[] framed) throws UndecodableException {
        if (framed.length < HEADER_LENGTH) {
            throw new UndecodableException(
                    Reason.TOO_SHORT, "record of " + framed.length + " bytes; the header alone has " + HEADER_LENGTH);
        }
        if (framed[0] != 0) {
            throw new UndecodableException(Reason.WRONG_HEADER, "first byte is " + (framed[0] & 0xff) + ", expected 0");
        }
        UUID schema;
        try {
            schema = ids.schemaOf(ByteBuffer.wrap(framed, 1, 4).getInt());
        } catch (UnknownSchemaException e) {
            throw new UndecodableException(Reason.UNKNOWN_SCHEMA, e.getMessage(), e);
        }
        return new Frame(schema, framed, HEADER_LENGTH, framed.length - HEADER_LENGTH);
    }
}
