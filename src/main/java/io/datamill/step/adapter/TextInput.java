package io.datamill.step.adapter;

import io.datamill.event.RejectedEventException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * Brings a record of a text format to characters: gzip and zlib are recognised by their first bytes and inflated, the
 * charset is the one named, and what is malformed in it is a reject, never a replacement character. A byte order mark in
 * front is taken away. One instance serves one subtask, from one thread, and is closed by the adapter.
 */
public final class TextInput implements AutoCloseable {
    /** The most bytes that a record may inflate to. */
    public static final int MOST_INFLATED = 16 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** A buffer of more characters serves one record and is not kept. */
    private static final int MOST_KEPT = 1 << 20;

    private final Charset charset;
    private final CharsetDecoder decoder;
    private final Inflation inflation = new Inflation();
    private CharBuffer buffer = CharBuffer.allocate(4096);

    public TextInput(Charset charset) {
        this.charset = charset;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * The charset that an option {@code charset} names; UTF-8 where it is null.
     *
     * @throws IllegalArgumentException beginning with {@code charset}, as the constructors of configurations do
     */
    public static Charset charset(String name) {
        if (name == null) {
            return StandardCharsets.UTF_8;
        }
        try {
            Charset charset = Charset.forName(name);
            if (charset.canEncode()) {
                return charset;
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "charset is '" + name + "', expected a name such as utf-8, iso-8859-1 or windows-1252", e);
        }
        throw new IllegalArgumentException(
                "charset is '" + name + "', which can be read only, expected one such as utf-8");
    }

    /**
     * The record's characters, in an array from its start on; good until the next call.
     *
     * @throws RejectedEventException with a reason of {@link TextReason}
     */
    public CharBuffer read(byte[] data) throws RejectedEventException {
        ByteBuffer bytes = inflation.inflated(data);
        CharBuffer chars = room(bytes.remaining());
        int start = bytes.position();
        decoder.reset();
        CoderResult result = decoder.decode(bytes, chars, true);
        if (result.isUnderflow()) {
            result = decoder.flush(chars);
        }
        if (!result.isUnderflow()) {
            throw malformed(bytes, bytes.position() - start, result);
        }
        chars.flip();
        if (chars.hasRemaining() && chars.get(0) == BYTE_ORDER_MARK) {
            chars.position(1);
            chars.compact().flip();
        }
        return chars;
    }

    /** A part of the text as a record of its own: not compressed, in the same charset. */
    public byte[] bytes(CharSequence part) {
        return part.toString().getBytes(charset);
    }

    @Override
    public void close() {
        inflation.close();
    }

    private CharBuffer room(int bytes) {
        int needed = (int) Math.ceil(bytes * (double) decoder.maxCharsPerByte()) + 2;
        if (needed > MOST_KEPT) {
            return CharBuffer.allocate(needed);
        }
        if (buffer.capacity() < needed) {
            buffer = CharBuffer.allocate(Math.min(MOST_KEPT, needed * 2));
        }
        return buffer.clear();
    }

    @SuppressWarnings("ByteBufferBackingArray") // Only asked which array it is.
    private RejectedEventException malformed(ByteBuffer bytes, int offset, CoderResult result) {
        StringBuilder read = new StringBuilder();
        for (int i = 0; i < Math.min(result.isError() ? result.length() : 1, bytes.remaining()); i++) {
            read.append(String.format(" %02x", bytes.get(bytes.position() + i)));
        }
        return TextReason.MALFORMED_TEXT.reject("bytes" + read + " at offset " + offset
                + (bytes.array() == inflation.buffer() ? " of the inflated record are" : " are") + " no text in "
                + charset.name());
    }
}
