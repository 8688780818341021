package io.datamill.sensor;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Gives mails one by one, in an order that is the same each time. At most one mail is in memory. */
public interface MailSource extends Closeable {
    /** Bytes of a mail that are read; of a larger one the header and the true size are still told. */
    int MAX_MAIL_BYTES = 25 << 20;

    /** @return the next mail, or null when there is none left */
    RawMail next() throws IOException;

    /**
     * Opens a directory (each regular file one mail, sorted by path), a {@code .tar.xz} of such files, or an mbox file.
     *
     * @throws IOException when it is not there, or is none of these
     */
    static MailSource open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "expected a directory, an mbox file or a .tar.xz");
        }
        if (Files.isDirectory(path)) {
            return new DirectoryMails(path);
        }
        if (path.getFileName().toString().endsWith(".tar.xz")) {
            return new TarMails(path);
        }
        return new MboxMails(path.toString(), new BufferedInputStream(Files.newInputStream(path), 1 << 16));
    }

    /** Reads one mail of a stream to its end; what is over the cap is counted and let go. */
    static RawMail read(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_MAIL_BYTES);
        long size = bytes.length + in.transferTo(java.io.OutputStream.nullOutputStream());
        return new RawMail(name, bytes, size);
    }

    /** Whether a file of a directory or archive is taken for a mail: no extension but .txt and .eml is one. */
    static boolean isMail(String fileName) {
        int dot = fileName.lastIndexOf('.');
        // SpamAssassin's corpus names mails <number>.<md5>
        return !fileName.startsWith(".")
                && !fileName.equals("cmds")
                && (dot < 0 || fileName.endsWith(".txt") || fileName.endsWith(".eml") || fileName.length() - dot > 30);
    }
}
