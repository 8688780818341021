package io.datamill.sensor;

/**
 * One mail as it was found.
 *
 * @param name where it came from, for messages: a path, or an archive and its entry
 * @param bytes the raw mail; of one larger than {@link MailSource#MAX_MAIL_BYTES} only the start
 * @param size true size in bytes, at least the length of {@code bytes}
 */
@SuppressWarnings("ArrayRecordComponent") // read once and passed on; it is never compared
public record RawMail(String name, byte[] bytes, long size) {
    public RawMail(String name, byte[] bytes) {
        this(name, bytes, bytes.length);
    }

    /** Whether the end is missing. */
    public boolean truncated() {
        return bytes.length < size;
    }
}
