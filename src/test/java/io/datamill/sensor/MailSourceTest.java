package io.datamill.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class MailSourceTest {
    @TempDir
    private Path directory;

    @Test
    void aDirectoryGivesItsMailsByPathAndLeavesOtherFilesOut() throws IOException {
        Files.createDirectory(directory.resolve("b"));
        for (String name :
                List.of("b/2.eml", "b/1.txt", "a", "c.json", ".hidden", "d.png", "00001." + "7c".repeat(16))) {
            Files.writeString(directory.resolve(name), name);
        }

        assertThat(texts(directory)).containsExactly("00001." + "7c".repeat(16), "a", "b/1.txt", "b/2.eml");
    }

    @Test
    void anArchiveGivesItsFiles() throws IOException {
        Path archive = directory.resolve("mails.tar.xz");
        try (OutputStream out = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZOutputStream(out, new LZMA2Options(1)))) {
            for (String name : List.of("x/2.txt", "x/1.txt", "x/1.json")) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(name.length());
                tar.putArchiveEntry(entry);
                tar.write(name.getBytes(StandardCharsets.US_ASCII));
                tar.closeArchiveEntry();
            }
        }

        assertThat(texts(archive)).containsExactly("x/2.txt", "x/1.txt");
    }

    @Test
    void anMboxGivesItsMailsWithoutTheQuoting() throws IOException {
        Path mbox = directory.resolve("all.mbox");
        Files.writeString(
                mbox,
                "From a@b Tue Mar  3 10:00:00 2026\nSubject: 1\n\n>From here\n>>From there\nFrom a line\n\n"
                        + "From c@d Tue Mar  3 10:00:00 2026\r\nSubject: 2\r\n\r\nlast");

        assertThat(texts(mbox))
                .containsExactly("Subject: 1\n\nFrom here\n>From there\nFrom a line\n\n", "Subject: 2\r\n\r\nlast");
    }

    @Test
    void anEmptyMboxHasNoMailAndAnotherFileIsRefused() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "");
        assertThat(texts(file)).isEmpty();

        Files.writeString(file, "Subject: one mail\n\n");
        assertThatThrownBy(() -> MailSource.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no mbox");
        assertThatThrownBy(() -> MailSource.open(directory.resolve("nowhere")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("expected a directory");
    }

    @Test
    void aMailLargerThanTheCapIsCutAndKeepsItsSize() throws IOException {
        Path file = directory.resolve("large.eml");
        byte[] large = new byte[MailSource.MAX_MAIL_BYTES + 10];
        Files.write(file, large);

        try (MailSource mails = MailSource.open(directory)) {
            RawMail mail = mails.next();
            assertThat(mail.bytes()).hasSize(MailSource.MAX_MAIL_BYTES);
            assertThat(mail.size()).isEqualTo(large.length);
            assertThat(mail.truncated()).isTrue();
        }
    }

    private static List<String> texts(Path path) throws IOException {
        List<String> texts = new ArrayList<>();
        try (MailSource mails = MailSource.open(path)) {
            for (RawMail mail = mails.next(); mail != null; mail = mails.next()) {
                assertThat(mail.truncated()).isFalse();
                texts.add(new String(mail.bytes(), StandardCharsets.US_ASCII));
            }
        }
        return texts;
    }
}
