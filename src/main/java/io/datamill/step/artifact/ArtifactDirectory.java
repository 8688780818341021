package io.datamill.step.artifact;

import com.fasterxml.jackson.core.type.TypeReference;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.InvalidModelException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * A directory of an artifact's versions, on any file system that Flink knows: a directory for each version, whose name
 * is the version, and the pointer {@value #POINTER}. Only the pointer ever changes.
 *
 * @param path of the directory
 */
public record ArtifactDirectory(Path path) {
    public static final String POINTER = "current.json";

    private static final int MAX_POINTER_BYTES = 64 << 10;
    private static final int MAX_FILE_BYTES = 64 << 20;
    private static final int MAX_RELEASE_BYTES = 256 << 20;

    public ArtifactDirectory(String path) {
        this(new Path(path));
    }

    /** Whether there is a pointer, which a directory of one version alone has not. */
    public boolean hasPointer() throws IOException {
        return fileSystem().exists(new Path(path, POINTER));
    }

    /**
     * The pointer's text, as it is now.
     *
     * @throws FileNotFoundException if there is none
     * @throws IOException if it cannot be read now
     */
    public String pointerText() throws IOException {
        return new String(bytes(new Path(path, POINTER), MAX_POINTER_BYTES), StandardCharsets.UTF_8);
    }

    /**
     * The pointer as it is now.
     *
     * @throws InvalidArtifactException if it is no pointer
     */
    public Pointer pointer() throws IOException, InvalidArtifactException {
        return parse(new Path(path, POINTER).toString(), pointerText());
    }

    static Pointer parse(String where, String text) throws InvalidArtifactException {
        try {
            return ArtifactJson.read(where, text.getBytes(StandardCharsets.UTF_8), new TypeReference<Pointer>() {});
        } catch (InvalidModelException e) {
            throw new InvalidArtifactException(e.getMessage(), e);
        }
    }

    /**
     * What a pointer names, read now.
     *
     * @param written the directory as the pipeline writes it
     * @param before a release of this directory, whose versions are not read again, since none ever changes; null: none
     * @throws InvalidArtifactException if a file that should be there is not, or is too large
     * @throws IOException if the directory cannot be read now
     */
    public Release release(String written, String pointerText, ArtifactKind kind, Release before)
            throws IOException, InvalidArtifactException {
        Map<String, byte[]> files = new HashMap<>();
        long size = 0;
        for (String version :
                parse(new Path(path, POINTER).toString(), pointerText).versions()) {
            Map<String, byte[]> known = before == null ? Map.of() : before.files(version);
            Map<String, byte[]> read = known.isEmpty() ? files(new Path(path, version), kind) : known;
            for (Map.Entry<String, byte[]> file : read.entrySet()) {
                files.put(version + '/' + file.getKey(), file.getValue());
                size += file.getValue().length;
            }
        }
        if (size > MAX_RELEASE_BYTES) {
            throw new InvalidArtifactException(
                    path + ": the versions that are served have " + size + " bytes, more than " + MAX_RELEASE_BYTES,
                    null);
        }
        return Release.of(written, pointerText, files);
    }

    /**
     * The release of a directory that is one version and has no pointer.
     *
     * @param written the directory as the pipeline writes it
     */
    public Release only(String written, String version, ArtifactKind kind)
            throws IOException, InvalidArtifactException {
        Map<String, byte[]> files = new HashMap<>();
        files(path, kind).forEach((name, content) -> files.put(version + '/' + name, content));
        return Release.of(written, ArtifactJson.write(Pointer.first(version, Instant.EPOCH)), files);
    }

    /** The files of the one version that a directory without a pointer holds, by their names. */
    public static Map<String, byte[]> files(Path version, ArtifactKind kind)
            throws IOException, InvalidArtifactException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] main = file(version, kind.main());
        files.put(kind.main(), main);
        for (String name : others(version, kind, main)) {
            files.put(name, file(version, name));
        }
        return files;
    }

    private static List<String> others(Path version, ArtifactKind kind, byte[] main) throws InvalidArtifactException {
        try {
            return kind.others(main);
        } catch (InvalidArtifactException e) {
            throw e.of(version.toString());
        }
    }

    private static byte[] file(Path version, String name) throws IOException, InvalidArtifactException {
        Path file = new Path(version, name);
        try {
            return bytes(file, MAX_FILE_BYTES);
        } catch (FileNotFoundException e) {
            throw new InvalidArtifactException(file + ": there is no such file", e);
        } catch (TooLargeException e) {
            throw new InvalidArtifactException(e.getMessage(), e);
        }
    }

    /** Writes the pointer in one piece. Whoever else writes one at the same moment is not noticed. */
    public void write(Pointer pointer) throws IOException {
        write(POINTER, ArtifactJson.write(pointer).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file of a version, or the pointer, in one piece. */
    public void write(String name, byte[] content) throws IOException {
        FileSystem files = fileSystem();
        Path target = new Path(path, name);
        // A store of objects shows one when it is whole; a local file is seen while it grows.
        Path written = files.isDistributedFS() ? target : new Path(path, name + ".part");
        try (FSDataOutputStream out = files.create(written, FileSystem.WriteMode.OVERWRITE)) {
            out.write(content);
        }
        if (!written.equals(target)) {
            java.nio.file.Files.move(
                    java.nio.file.Path.of(written.getPath()),
                    java.nio.file.Path.of(target.getPath()),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private FileSystem fileSystem() throws IOException {
        return path.getFileSystem();
    }

    private static byte[] bytes(Path file, int most) throws IOException {
        FileSystem files = file.getFileSystem();
        long length = files.getFileStatus(file).getLen();
        if (length > most) {
            throw new TooLargeException(file + ": " + length + " bytes, more than " + most);
        }
        try (FSDataInputStream in = files.open(file)) {
            return in.readNBytes(most);
        }
    }

    /** Another reading would find the same. */
    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }
}
