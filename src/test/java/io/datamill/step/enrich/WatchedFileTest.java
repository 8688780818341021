package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    @TempDir
    private Path folder;

    private Path file;
    private long now;
    private int readings;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("list");
        Files.writeString(file, "old");
    }

    @Test
    void readsAChangedFileAfterTheIntervalOnly() throws IOException {
        WatchedFile<StringBuilder> watched = open();
        Files.writeString(file, "newer");
        now += WatchedFile.INTERVAL_NANOS - 1;
        assertThat(watched.current()).hasToString("old");
        now += 1;
        assertThat(watched.current()).hasToString("newer");
    }

    @Test
    void doesNotReadAFileThatIsTheSame() throws IOException {
        WatchedFile<StringBuilder> watched = open();
        StringBuilder first = watched.current();
        now += WatchedFile.INTERVAL_NANOS;
        assertThat(watched.current()).isSameAs(first);
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void seesAFileOfTheSameSizeAndTimeRenamedOverIt() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        WatchedFile<StringBuilder> watched = open();
        Path other = folder.resolve("other");
        Files.writeString(other, "new");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        now += WatchedFile.INTERVAL_NANOS;
        assertThat(watched.current()).hasToString("new");
    }

    @Test
    void keepsTheOldContentWhileTheFileIsBrokenOrAway() throws IOException {
        WatchedFile<StringBuilder> watched = open();
        Files.writeString(file, "broken");
        now += WatchedFile.INTERVAL_NANOS;
        assertThat(watched.current()).hasToString("old");
        now += WatchedFile.INTERVAL_NANOS;
        assertThat(watched.current()).hasToString("old");
        assertThat(readings).as("a broken file is read once").isEqualTo(2);
        Files.delete(file);
        now += WatchedFile.INTERVAL_NANOS;
        assertThat(watched.current()).hasToString("old");
        Files.writeString(file, "mended");
        now += WatchedFile.INTERVAL_NANOS;
        assertThat(watched.current()).hasToString("mended");
    }

    @Test
    void sharesWhatIsReadUnderOneKind() throws IOException {
        WatchedFile<StringBuilder> first = open();
        assertThat(open().current()).isSameAs(first.current());
        assertThat(WatchedFile.open(file, "other", this::read, () -> now).current())
                .isNotSameAs(first.current());
    }

    @Test
    void namesTheFileThatIsNotThere() {
        assertThatThrownBy(() -> WatchedFile.open(folder.resolve("none"), "kind", this::read, () -> now))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none is not there");
    }

    private WatchedFile<StringBuilder> open() throws IOException {
        return WatchedFile.open(file, "kind", this::read, () -> now);
    }

    private StringBuilder read(Path path) throws IOException {
        readings++;
        String text = Files.readString(path);
        if (text.equals("broken")) {
            throw new IOException(path + " is broken");
        }
        return new StringBuilder(text);
    }
}
