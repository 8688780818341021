package io.datamill.schema;

import java.util.UUID;

/**
 * One record taken out of its wire format. The payload is a view: {@code bytes} is the record itself when it was not
 * compressed, else a buffer that the next decode of the same {@link WireFormat} overwrites.
 *
 * @param schemaId the schema that the payload was written with
 * @param bytes holds the payload
 * @param offset where the payload starts in {@code bytes}
 * @param length of the payload, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a view that lives for one event; it is never compared
public record Frame(UUID schemaId, byte[] bytes, int offset, int length) {}
