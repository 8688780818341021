package io.datamill.schema;

import java.util.UUID;

/** No envelope at all: every record is a payload, written with the one schema that was agreed on. */
final class BareFormat implements Envelope {
    private final UUID writer;

    BareFormat(UUID writer) {
        this.writer = writer;
    }

    @Override
    public Frame decode(byte[] framed) {
        return new Frame(writer, framed, 0, framed.length);
    }
}
