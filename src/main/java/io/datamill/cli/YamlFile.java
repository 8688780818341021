package io.datamill.cli;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a command is given. */
final class YamlFile {
    private YamlFile() {}

    /**
     * Makes sure that it is one.
     *
     * @param what it has to be, such as {@code a pipeline's YAML file}
     * @throws NoSuchFileException if it is not there, or a directory
     */
    static void expect(Path file, String what) throws NoSuchFileException {
        if (!Files.isRegularFile(file)) {
            String found = Files.isDirectory(file) ? "a directory" : "no such file";
            throw new NoSuchFileException(file.toString(), null, found + "; give the path of " + what);
        }
    }
}
