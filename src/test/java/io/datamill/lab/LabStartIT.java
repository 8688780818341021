package io.datamill.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabStartIT {
    @TempDir
    private Path elsewhere;

    @Test
    void startsOnlyWhatIsNamed() {
        try (Lab lab = Lab.start(LabFiles.locate(), Server.S3)) {
            assertThat(lab.running()).containsOnlyKeys(Server.S3);
            assertThatThrownBy(lab::postgresUrl)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("this lab was started without Postgres");
        }
    }

    @Test
    void stopsTheOthersIfOneCannotStart() {
        var before = ProcessHandle.current().descendants().toList();
        var present = LabFiles.locate();
        var files = new LabFiles(present.lab(), elsewhere);
        assertThatThrownBy(() -> Lab.start(files, Server.KINESIS, Server.POSTGRES, Server.S3))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("the lab needs the Kinesis emulator")
                .hasMessageNotContaining("\n");
        assertThat(ProcessHandle.current().descendants().toList())
                .as("processes beside those of another test's lab")
                .isSubsetOf(before);
    }

    @Test
    void runsTwoLabsSideBySide() {
        try (Lab first = Lab.start(LabFiles.locate(), Server.POSTGRES);
                Lab second = Lab.start(LabFiles.locate(), Server.POSTGRES)) {
            assertThat(first.postgresUrl()).isNotEqualTo(second.postgresUrl());
            assertThat(first.directory()).isNotEqualTo(second.directory());
        }
    }
}
