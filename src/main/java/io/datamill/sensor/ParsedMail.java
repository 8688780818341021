package io.datamill.sensor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * What one pass over a mail finds: its header, its attachments, its URLs. Whatever the mail holds, it does not throw;
 * what stands before the place where it cannot go on is kept.
 */
final class ParsedMail {
    /** Multiparts within each other; mime4j's streams call each other once a level and overflow the stack at 5,000. */
    private static final int MAX_DEPTH = 20;

    private static final int MAX_PARTS = 1_000;
    private static final int MAX_ATTACHMENTS = 50;
    private static final int UNLIMITED = -1; // the mail itself is limited
    private static final MimeConfig LENIENT = MimeConfig.custom()
            .setStrictParsing(false)
            .setMalformedHeaderStartsBody(false)
            .setMaxLineLen(UNLIMITED)
            .setMaxHeaderLen(UNLIMITED)
            .setMaxHeaderCount(UNLIMITED)
            .build();

    private final MailHeader header = new MailHeader();
    private final Urls urls = new Urls();
    private final List<MailPart> attachments = new ArrayList<>();
    private int attachmentCount;
    private int depth;
    private int parts;
    private String contentType;
    private boolean complete;

    /** @param truncated whether the end of the mail is missing */
    ParsedMail(byte[] mail, int offset, boolean truncated) {
        MimeTokenStream tokens = new MimeTokenStream(
                LENIENT,
                DecodeMonitor.SILENT,
                new DefaultBodyDescriptorBuilder(null, LenientFieldParser.getParser(), DecodeMonitor.SILENT));
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE); // a mail within the mail is one attachment
        tokens.parse(new ByteArrayInputStream(mail, offset, mail.length - offset));
        try {
            complete = walk(tokens) && !truncated;
        } catch (IOException | MimeException | RuntimeException e) {
            complete = false; // told by a null attachment count; what was found so far stands
        }
    }

    MailHeader header() {
        return header;
    }

    Urls urls() {
        return urls;
    }

    /** The first 50. */
    List<MailPart> attachments() {
        return attachments;
    }

    /** Of all attachments; null when the mail could not be read to its end. */
    Integer attachmentCount() {
        return complete ? attachmentCount : null;
    }

    /** The mail's own media type, lower case; null when it states none. */
    String contentType() {
        return header.first("content-type") == null ? null : contentType;
    }

    /** @return whether it came to the end */
    private boolean walk(MimeTokenStream tokens) throws IOException, MimeException {
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            switch (state) {
                case T_FIELD -> {
                    if (depth == 0 && parts == 0) {
                        header.add(tokens.getField());
                    }
                }
                case T_START_MULTIPART -> {
                    start(tokens.getBodyDescriptor());
                    if (++depth > MAX_DEPTH) {
                        return false;
                    }
                }
                case T_END_MULTIPART -> depth--;
                case T_BODY -> {
                    start(tokens.getBodyDescriptor());
                    leaf(tokens);
                }
                default -> {}
            }
            if (parts > MAX_PARTS) {
                return false;
            }
        }
        return true;
    }

    private void start(BodyDescriptor part) {
        if (parts++ == 0) {
            contentType = MailPart.type(part);
        }
    }

    private void leaf(MimeTokenStream tokens) throws IOException {
        BodyDescriptor part = tokens.getBodyDescriptor();
        boolean attachment = MailPart.isAttachment(part);
        try (InputStream body = tokens.getDecodedInputStream()) {
            boolean text = "text".equalsIgnoreCase(part.getMediaType());
            long size = text ? urls.scan(body) : body.transferTo(OutputStream.nullOutputStream());
            if (attachment) {
                add(MailPart.of(part, size));
            }
        }
    }

    private void add(MailPart attachment) {
        attachmentCount++;
        if (attachments.size() < MAX_ATTACHMENTS) {
            attachments.add(attachment);
        }
    }
}
