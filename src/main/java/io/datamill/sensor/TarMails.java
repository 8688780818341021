package io.datamill.sensor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The files of a .tar.xz, in the archive's order. */
final class TarMails implements MailSource {
    private static final int XZ_MEMORY_KIB =
            128 << 10; // what xz -9 needs is 65 MiB; a hostile header may ask for 4 GiB

    private final Path path;
    private final TarArchiveInputStream tar;

    TarMails(Path path) throws IOException {
        this.path = path;
        this.tar = new TarArchiveInputStream(
                new XZInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16), XZ_MEMORY_KIB));
    }

    @Override
    public RawMail next() throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String file = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
            if (entry.isFile() && MailSource.isMail(file)) {
                return MailSource.read(path + "!" + entry.getName(), tar);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
