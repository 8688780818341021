package io.datamill.cli.training;

import io.datamill.source.UnreadableFileException;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/**
 * One file of data, of any file system that Flink knows.
 *
 * @param name below the path that was given, for people and the lineage
 */
record DataFile(FileStatus status, String name) {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP = 0x1f8b;

    /** What a file may be. */
    enum Kind {
        CSV("CSV"),
        AVRO("an Avro container"),
        PARQUET("Parquet");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * The files at some paths, those of a directory with all below it, in the order of their names; none whose name
     * begins with {@code _} or a dot, since these are not data.
     *
     * @throws NoSuchFileException if a path is not there, or a directory without files
     */
    static List<DataFile> below(List<String> paths) throws IOException {
        List<DataFile> files = new ArrayList<>();
        for (String written : paths) {
            FileStatus status = status(written);
            int before = files.size();
            if (status.isDir()) {
                collect(status, "", files);
            } else {
                files.add(new DataFile(status, status.getPath().getName()));
            }
            if (files.size() == before) {
                throw new NoSuchFileException(written, null, "a directory without files");
            }
        }
        return files;
    }

    /** What it is, by how it begins. */
    Kind kind() throws IOException {
        byte[] head = new byte[4];
        try (InputStream in = open()) {
            int read = in.readNBytes(head, 0, head.length);
            String begin = new String(head, 0, read, StandardCharsets.ISO_8859_1);
            return begin.equals("PAR1") ? Kind.PARQUET : begin.equals("Obj\u0001") ? Kind.AVRO : Kind.CSV;
        }
    }

    /** Its content, out of gzip where it is in it. */
    InputStream open() throws IOException {
        InputStream in =
                new BufferedInputStream(status.getPath().getFileSystem().open(status.getPath()), BUFFER);
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        try {
            return magic == GZIP ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
        } catch (IOException e) {
            in.close();
            throw new UnreadableFileException(this + " begins as gzip and is broken: " + e.getMessage(), e);
        }
    }

    /** Of its bytes, in hexadecimal. */
    String sha256() throws IOException {
        try (InputStream in = status.getPath().getFileSystem().open(status.getPath())) {
            return DigestUtils.sha256Hex(in);
        }
    }

    /** Its path. */
    @Override
    public String toString() {
        Path path = status.getPath();
        return path.toUri().getScheme() == null || path.toUri().getScheme().equals("file")
                ? path.getPath()
                : path.toString();
    }

    private static FileStatus status(String written) throws IOException {
        try {
            Path path = new Path(written);
            return path.getFileSystem().getFileStatus(path);
        } catch (UnsupportedFileSystemSchemeException e) {
            throw new IllegalArgumentException(
                    written
                            + ": there is no file system for it here; set FLINK_PLUGINS_DIR to a Flink's plug-ins, or copy the files to this machine",
                    e);
        } catch (FileNotFoundException | IllegalArgumentException e) {
            NoSuchFileException missing = new NoSuchFileException(written, null, "no such file or directory");
            missing.initCause(e);
            throw missing;
        }
    }

    private static void collect(FileStatus directory, String above, List<DataFile> files) throws IOException {
        FileStatus[] children = directory.getPath().getFileSystem().listStatus(directory.getPath());
        Arrays.sort(children, Comparator.comparing(child -> child.getPath().getName()));
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            if (name.startsWith("_") || name.startsWith(".")) {
                continue;
            }
            if (child.isDir()) {
                collect(child, above + name + '/', files);
            } else {
                files.add(new DataFile(child, above + name));
            }
        }
    }
}
