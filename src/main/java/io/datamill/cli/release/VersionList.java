package io.datamill.cli.release;

import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Pointer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** The versions of a directory for people. */
public final class VersionList {
    private static final String VERSION = "[0-9a-f]{12}";

    private VersionList() {}

    /** @param now tells what serves from what will */
    public static String of(ServedArtifact artifact, Instant now) throws IOException, InvalidArtifactException {
        Served served = Served.read(artifact);
        Path directory = artifact.directory().path();
        String head = artifact.path() + ": " + directory;
        if (served.pointer() == null) {
            return head + "\n"
                    + (served.only() == null
                            ? "nothing serves yet\n"
                            : served.only() + " serves; there is no current.json: nothing has been promoted\n");
        }
        Pointer pointer = served.pointer();
        TextTable table = new TextTable("VERSION", "NAME", "FROM", "IS");
        TreeSet<String> others = new TreeSet<>(versions(directory));
        List<Pointer.Serving> serving = pointer.serving();
        for (int i = serving.size() - 1; i >= 0; i--) {
            Pointer.Serving one = serving.get(i);
            boolean last = i == serving.size() - 1 || serving.get(i + 1).fromMillis() > now.toEpochMilli();
            boolean begun = one.fromMillis() <= now.toEpochMilli() || i == 0;
            table.row(
                    one.version(),
                    name(artifact, one.version()),
                    one.fromMillis() == 0 ? "the beginning" : one.from(),
                    begun ? (last ? "champion" : "before") : "to come");
            others.remove(one.version());
        }
        for (String version : pointer.challengers()) {
            table.row(version, name(artifact, version), "-", "challenger");
            others.remove(version);
        }
        others.forEach(version -> table.row(version, name(artifact, version), "-", "kept"));
        return head + ", revision " + pointer.revision() + '\n' + table;
    }

    private static String name(ServedArtifact artifact, String version) {
        try {
            return Version.read(artifact.what(), artifact.version(version)).name();
        } catch (InvalidArtifactException | IOException e) {
            return "(cannot be read)";
        }
    }

    private static List<String> versions(Path directory) throws IOException {
        try {
            FileStatus[] children = directory.getFileSystem().listStatus(directory);
            return Arrays.stream(Objects.requireNonNullElse(children, new FileStatus[0]))
                    .filter(FileStatus::isDir)
                    .map(child -> child.getPath().getName())
                    .filter(name -> name.matches(VERSION))
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }
}
