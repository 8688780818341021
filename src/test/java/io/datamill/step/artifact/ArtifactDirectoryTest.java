package io.datamill.step.artifact;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactDirectoryTest {
    private static final String VERSION = "111111111111";

    @TempDir
    private Path folder;

    /** What is refused is told once; what cannot be read is tried again each second. */
    @Test
    void refusesAFileThatIsTooLargeAndDoesNotTryItAgain() throws Exception {
        ArtifactDirectory directory = new ArtifactDirectory(folder.toString());
        Files.createDirectory(folder.resolve(VERSION));
        Files.writeString(folder.resolve(VERSION).resolve("main"), "other", StandardCharsets.UTF_8);
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve(VERSION).resolve("other").toFile(), "rw")) {
            large.setLength((64L << 20) + 1);
        }
        directory.write(Pointer.first(VERSION, Instant.EPOCH));

        assertThatThrownBy(() -> directory.release("models", directory.pointerText(), new Two()))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageEndingWith(VERSION + "/other: 67108865 bytes, more than 67108864");
    }

    /** Two files, of which the one names the other. */
    private static final class Two implements ArtifactKind {
        private static final long serialVersionUID = 1L;

        @Override
        public String main() {
            return "main";
        }

        @Override
        public List<String> others(byte[] main) {
            return List.of(new String(main, StandardCharsets.UTF_8));
        }
    }
}
