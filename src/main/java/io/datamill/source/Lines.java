package io.datamill.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** The lines of a stream, without their ends, less those that are blank. */
final class Lines {
    private final InputStream in;
    private final int longest;
    private final boolean quoted;

    /**
     * @param longest bytes of a line that are kept
     * @param quoted whether a line goes on behind its end where a double quote is open
     */
    Lines(InputStream in, int longest, boolean quoted) {
        this.in = in;
        this.longest = longest;
        this.quoted = quoted;
    }

    void forEach(Consumer<byte[]> out) throws IOException {
        for (byte[] line = next(); line != null; line = next()) {
            if (!isBlank(line)) {
                out.accept(line);
            }
        }
    }

    /** Each line with the first one in front of it. */
    void forEachWithHeader(Consumer<byte[]> out) throws IOException {
        byte[] header = next();
        if (header == null) {
            return;
        }
        forEach(line -> {
            byte[] headed = new byte[header.length + 1 + line.length];
            System.arraycopy(header, 0, headed, 0, header.length);
            headed[header.length] = '\n';
            System.arraycopy(line, 0, headed, header.length + 1, line.length);
            out.accept(headed);
        });
    }

    /** Null at the end. */
    private byte[] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean open = false;
        int read = in.read();
        if (read < 0) {
            return null;
        }
        for (; read >= 0 && (read != '\n' || open); read = in.read()) {
            if (quoted && read == '"') {
                open = !open;
            }
            if (line.size() < longest) {
                line.write(read);
            }
        }
        byte[] bytes = line.toByteArray();
        boolean carriage = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriage ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
