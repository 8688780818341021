package io.datamill.sensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/** The regular files below a directory. */
final class DirectoryMails implements MailSource {
    private final Iterator<Path> files;

    DirectoryMails(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(file -> MailSource.isMail(file.getFileName().toString()))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList()
                    .iterator();
        }
    }

    @Override
    public RawMail next() throws IOException {
        if (!files.hasNext()) {
            return null;
        }
        Path file = files.next();
        try (InputStream in = Files.newInputStream(file)) {
            return MailSource.read(file.toString(), in);
        }
    }

    @Override
    public void close() {}
}
