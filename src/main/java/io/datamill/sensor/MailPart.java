package io.datamill.sensor;

import java.util.Locale;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.BodyDescriptor;

/**
 * An attachment: a part that says so, that has a file name, or that is no text.
 *
 * @param name its file name, or null
 * @param type its media type, lower case
 * @param size bytes after decoding
 */
record MailPart(String name, String type, long size) {
    private static final int MAX_NAME = 256;
    private static final int MAX_TYPE = 128;

    static boolean isAttachment(BodyDescriptor part) {
        return "attachment".equalsIgnoreCase(disposition(part))
                || fileName(part) != null
                || !"text".equalsIgnoreCase(part.getMediaType());
    }

    static MailPart of(BodyDescriptor part, long size) {
        return new MailPart(fileName(part), type(part), size);
    }

    static String type(BodyDescriptor part) {
        return HeaderText.cap(part.getMimeType().toLowerCase(Locale.ROOT), MAX_TYPE);
    }

    private static String disposition(BodyDescriptor part) {
        return part instanceof MaximalBodyDescriptor known ? known.getContentDispositionType() : null;
    }

    private static String fileName(BodyDescriptor part) {
        if (!(part instanceof MaximalBodyDescriptor known)) {
            return null;
        }
        String name = known.getContentDispositionFilename();
        return HeaderText.of(
                name != null ? name : known.getContentTypeParameters().get("name"), MAX_NAME);
    }
}
