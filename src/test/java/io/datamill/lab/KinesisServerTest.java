package io.datamill.lab;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KinesisServerTest {
    @TempDir
    private Path directory;

    @Test
    void saysThatNodeIsMissing() {
        assertThatThrownBy(() -> KinesisServer.checkNode("no-such-node"))
                .isInstanceOf(LabException.class)
                .hasMessage("the Kinesis emulator needs Node 18 or later, but there is no `no-such-node` on the PATH:"
                        + " install it");
    }

    @Test
    void saysThatNodeIsTooOld() throws Exception {
        String node = node("v16.20.2");
        assertThatThrownBy(() -> KinesisServer.checkNode(node))
                .isInstanceOf(LabException.class)
                .hasMessage("the Kinesis emulator needs Node 18 or later, but `" + node
                        + " --version` says 'v16.20.2': install a newer one");
    }

    @Test
    void takesNode18AndLater() throws Exception {
        for (String version : new String[] {"v18.0.0", "v20.20.2", "v100.1.0"}) {
            String node = node(version);
            assertThatCode(() -> KinesisServer.checkNode(node)).as(version).doesNotThrowAnyException();
        }
    }

    private String node(String version) throws Exception {
        Path file = Files.writeString(directory.resolve("node-" + version), "#!/bin/sh\necho " + version + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }
}
