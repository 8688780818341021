package io.datamill.cli.training;

import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.source.Records;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Records in the order of their events, on disk: memory holds a few words for each. Records of one time are in the order
 * of what they hold, so that it does not matter in which files and in which order they came. Each arrives when its event
 * happened.
 */
final class Spool implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final Path unordered;
    private final List<Entry> entries = new ArrayList<>();
    private final DataOutputStream out;
    private long written;

    Spool() throws IOException {
        directory = Files.createTempDirectory("datamill-train");
        unordered = directory.resolve("unordered");
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unordered), BUFFER));
    }

    /** Where a record stands, and what it is ordered by. */
    private record Entry(long time, String digest, long arrival, long offset, int length) {}

    /** @param time of its event; {@link Long#MIN_VALUE} where it cannot be read: such a record comes first */
    void add(long time, SourceRecord record) {
        byte[] data = record.data();
        long arrival = time == Long.MIN_VALUE ? record.position().arrivalTime() : time;
        entries.add(new Entry(time, DigestUtils.sha256Hex(data), arrival, written, data.length));
        try {
            out.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written += data.length;
    }

    /** All that were added; no more can be. */
    Records ordered() throws IOException {
        out.close();
        entries.sort(Comparator.comparingLong(Entry::time).thenComparing(Entry::digest));
        Path file = directory.resolve("ordered");
        try (RandomAccessFile from = new RandomAccessFile(unordered.toFile(), "r");
                DataOutputStream to =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
            for (Entry entry : entries) {
                byte[] data = new byte[entry.length];
                from.seek(entry.offset);
                from.readFully(data);
                to.writeLong(entry.arrival);
                to.writeInt(data.length);
                to.write(data);
            }
        }
        return new Ordered(file.toString());
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(unordered);
        Files.deleteIfExists(directory.resolve("ordered"));
        Files.deleteIfExists(directory);
    }

    /** The file, read from its beginning. */
    private record Ordered(String file) implements Records {
        @Override
        public void forEach(Consumer<SourceRecord> record) throws IOException {
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(file)), BUFFER))) {
                for (long number = 0; ; number++) {
                    long arrival;
                    try {
                        arrival = in.readLong();
                    } catch (EOFException e) {
                        return;
                    }
                    byte[] data = new byte[in.readInt()];
                    in.readFully(data);
                    record.accept(
                            new SourceRecord(new Position("sample", "file", Long.toString(number), arrival), "", data));
                }
            }
        }
    }
}
