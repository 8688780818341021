package io.datamill.step.enrich;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files of one entry a line, in UTF-8; empty lines and those that begin with # are left out. */
final class Lines {
    private static final long LARGEST = 64L << 20;

    private Lines() {}

    /** Takes one line. */
    interface Taker {
        /** @throws IllegalArgumentException saying what was read and what was expected */
        void take(String line);
    }

    /** @throws IOException naming the file and the line, if it is too large, no UTF-8, or a line is refused */
    static void read(Path path, Taker taker) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new IOException(path + " has " + Files.size(path) + " bytes, more than " + LARGEST);
        }
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String entry = (number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line).strip();
                if (!entry.isEmpty() && !entry.startsWith("#")) {
                    taker.take(entry);
                }
            }
        } catch (CharacterCodingException e) {
            throw new IOException(path + " is no UTF-8 text, after line " + number, e);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + ":" + number + ": " + e.getMessage(), e);
        }
    }
}
