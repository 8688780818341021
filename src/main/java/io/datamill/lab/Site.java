package io.datamill.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a server is started with.
 *
 * @param files where the servers' programs are
 * @param home an empty directory of the server's own, which the reaper deletes
 * @param reaper ends what is started
 */
record Site(LabFiles files, Path home, Reaper reaper) {
    /** Copies a resource of this package into the home, {@code {name}} replaced by its value. */
    Path write(String resource, List<String> namesAndValues) throws IOException {
        try (var in = Site.class.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (int i = 0; i < namesAndValues.size(); i += 2) {
                text = text.replace("{" + namesAndValues.get(i) + "}", namesAndValues.get(i + 1));
            }
            return Files.writeString(home.resolve(resource), text);
        }
    }

    /** Where to unpack programs: kept for the next start if that can be done and their user may read it there. */
    Path cache(Unprivileged unprivileged) {
        return Files.isWritable(files.lab()) && unprivileged.canRead(files.lab()) ? files.lab() : home;
    }
}
