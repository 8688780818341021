package io.datamill.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class UnpackedTest {
    private static final int EXECUTABLE = 0100755;
    private static final byte[] CONTENT = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path cache;

    @Test
    void unpacksAZipIntoItsTopDirectory() throws Exception {
        Path program = Unpacked.zip(zip("server-1.0/bin/run"), cache);
        assertThat(program).isEqualTo(cache.resolve("server-1.0"));
        assertThat(program.resolve("bin/run")).isExecutable().hasBinaryContent(CONTENT);
        assertThat(program.resolve("README")).isRegularFile();
        assertThat(Files.isExecutable(program.resolve("README"))).isFalse();
    }

    @Test
    void unpacksATarWithItsLinks() throws Exception {
        Path program = Unpacked.txz(new ByteArrayInputStream(txz()), cache, "postgres-1");
        assertThat(program.resolve("lib/libpq.so.5")).isExecutable();
        assertThat(program.resolve("lib/libpq.so")).isSymbolicLink().hasBinaryContent(CONTENT);
    }

    @Test
    void unpacksOnce() throws Exception {
        Path zip = zip("server-1.0/bin/run");
        Path mark = Files.createFile(Unpacked.zip(zip, cache).resolve("mark"));
        Unpacked.zip(zip, cache);
        assertThat(mark).exists();
    }

    @Test
    void letsSeveralUnpackTheSameAtOnce() throws Exception {
        Path zip = zip("server-1.0/bin/run");
        var threads = Executors.newFixedThreadPool(8);
        var tasks = new ArrayList<Callable<Path>>();
        for (int i = 0; i < 8; i++) {
            tasks.add(() -> Unpacked.zip(zip, cache));
        }
        for (var done : threads.invokeAll(tasks)) {
            assertThat(done.get().resolve("bin/run")).isExecutable();
        }
        threads.shutdown();
        assertThat(cache).isDirectoryNotContaining("glob:**/.unpacking-*");
    }

    @Test
    void leavesNothingOfABrokenArchive() throws Exception {
        byte[] whole = txz();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> Unpacked.txz(new ByteArrayInputStream(half), cache, "postgres-1"))
                .isInstanceOf(IOException.class);
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void refusesAnEntryThatLeavesTheDirectory() throws Exception {
        Path zip = zip("server-1.0/../../evil");
        assertThatThrownBy(() -> Unpacked.zip(zip, cache.resolve("inner"))).hasMessageContaining("../../evil");
        assertThat(cache.resolve("evil")).doesNotExist();
    }

    private Path zip(String executable) throws IOException {
        Path file = cache.resolve("server.zip");
        try (var zip = new ZipArchiveOutputStream(file)) {
            for (String name : new String[] {"server-1.0/", "server-1.0/README", executable}) {
                var entry = new ZipArchiveEntry(name);
                if (name.equals(executable)) {
                    entry.setUnixMode(EXECUTABLE);
                }
                zip.putArchiveEntry(entry);
                if (!entry.isDirectory()) {
                    zip.write(CONTENT);
                }
                zip.closeArchiveEntry();
            }
        }
        return file;
    }

    private static byte[] txz() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options()))) {
            var library = new TarArchiveEntry("lib/libpq.so.5");
            library.setMode(EXECUTABLE);
            library.setSize(CONTENT.length);
            tar.putArchiveEntry(library);
            tar.write(CONTENT);
            tar.closeArchiveEntry();
            var link = new TarArchiveEntry("lib/libpq.so", TarConstants.LF_SYMLINK);
            link.setLinkName("libpq.so.5");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
