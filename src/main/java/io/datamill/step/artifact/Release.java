package io.datamill.step.artifact;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What an artifact's directory served at one moment: its pointer with the files of every version that this names. It is
 * what a running job is sent, and what it keeps in its checkpoints, so that it needs the directory no more. A POJO: a
 * field can be added to it under a savepoint.
 */
public class Release implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The directory as the pipeline's file writes it. */
    public String directory = "";

    /** The pointer's text. */
    public String pointer = "";

    /** By {@code version/name}. */
    public Map<String, byte[]> files = new HashMap<>();

    /** Why what the directory holds now is not served; null where it is. */
    public String problem;

    static Release of(String directory, String pointer, Map<String, byte[]> files) {
        Release release = new Release();
        release.directory = directory;
        release.pointer = pointer;
        release.files = new HashMap<>(files);
        return release;
    }

    /** A directory that holds something that cannot be served. */
    public static Release refused(String directory, String problem) {
        Release release = new Release();
        release.directory = directory;
        release.problem = problem;
        return release;
    }

    /** @throws InvalidArtifactException if the pointer cannot be read */
    public Pointer readPointer() throws InvalidArtifactException {
        return ArtifactDirectory.parse(directory + '/' + ArtifactDirectory.POINTER, pointer);
    }

    /** The files of one version, by their names. */
    public Map<String, byte[]> files(String version) {
        String prefix = version + '/';
        Map<String, byte[]> found = new HashMap<>();
        files.forEach((name, bytes) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), bytes);
            }
        });
        return found;
    }

    static TypeInformation<Release> type() {
        return Types.POJO(
                Release.class,
                Map.of(
                        "directory", Types.STRING,
                        "pointer", Types.STRING,
                        "files", Types.MAP(Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO),
                        "problem", Types.STRING));
    }

    @Override
    public String toString() {
        int bytes = files.values().stream().mapToInt(content -> content.length).sum();
        return directory + ": " + pointer.getBytes(StandardCharsets.UTF_8).length + " bytes of pointer, " + bytes
                + " bytes in " + files.size() + " files";
    }
}
