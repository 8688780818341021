package io.datamill.lab;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.io.FileUtils;
import org.tukaani.xz.XZInputStream;

/** Archives unpacked once and kept; a second JVM that unpacks the same at the same time does no harm. */
final class Unpacked {
    private static final int OWNER_EXECUTES = 0100;

    private Unpacked() {}

    /** Gives the directory that all entries of the zip are in. */
    static Path zip(Path archive, Path cache) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            String top = zip.getEntriesInPhysicalOrder().nextElement().getName().replaceFirst("/.*", "");
            return once(cache.resolve(top), temporary -> extract(zip, top, temporary));
        }
    }

    private static void extract(ZipFile zip, String top, Path directory) throws IOException {
        for (var entries = zip.getEntriesInPhysicalOrder(); entries.hasMoreElements(); ) {
            var entry = entries.nextElement();
            Path path = inside(directory, entry.getName().substring(top.length() + 1));
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                continue;
            }
            try (var in = zip.getInputStream(entry)) {
                file(path, in, entry.getUnixMode());
            }
        }
    }

    /** Unpacks a .tar.xz into a directory of this name. */
    static Path txz(InputStream archive, Path cache, String name) throws IOException {
        return once(cache.resolve(name), temporary -> {
            try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    Path path = inside(temporary, entry.getName());
                    if (entry.isDirectory()) {
                        Files.createDirectories(path);
                    } else if (entry.isSymbolicLink()) {
                        Files.createDirectories(path.getParent());
                        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                    } else {
                        file(path, tar, entry.getMode());
                    }
                }
            }
        });
    }

    /** Whole or not at all: what is found under the final name has been unpacked to its end. */
    private static Path once(Path target, Unpacking unpacking) throws IOException {
        if (Files.isDirectory(target)) {
            return target;
        }
        Files.createDirectories(target.getParent());
        Path temporary = Files.createTempDirectory(target.getParent(), ".unpacking-");
        try {
            readableByAll(temporary, true);
            unpacking.into(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        } finally {
            FileUtils.deleteDirectory(temporary.toFile());
        }
        return target;
    }

    private static Path inside(Path directory, String name) throws IOException {
        Path path = directory.resolve(name).normalize();
        if (!path.startsWith(directory)) {
            throw new IOException("the archive's entry " + name + " lies outside of it");
        }
        return path;
    }

    private static void file(Path path, InputStream content, int mode) throws IOException {
        Files.createDirectories(path.getParent());
        Files.copy(content, path);
        readableByAll(path, (mode & OWNER_EXECUTES) != 0);
    }

    private static void readableByAll(Path path, boolean executable) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (executable) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        Files.setPosixFilePermissions(path, permissions);
    }

    private interface Unpacking {
        void into(Path directory) throws IOException;
    }
}
