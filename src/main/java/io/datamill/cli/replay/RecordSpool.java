package io.datamill.cli.replay;

import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.source.Records;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Records of each input in the order of their arrival, each position once, on disk: memory holds some 200 bytes for each.
 */
final class RecordSpool implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final Path gathered;
    private final OutputStream out;
    private final Map<String, List<Entry>> entries = new HashMap<>();
    private long written;

    RecordSpool() throws IOException {
        directory = Files.createTempDirectory("datamill-replay");
        gathered = directory.resolve("gathered");
        out = new BufferedOutputStream(Files.newOutputStream(gathered), BUFFER);
    }

    /** Where a record stands. A sequence number is decimal, so a longer one is higher. */
    private record Entry(Position position, long offset, int length) {
        static final Comparator<Entry> ORDER = Comparator.comparingLong((Entry entry) -> entry.position.arrivalTime())
                .thenComparing(entry -> entry.position.stream())
                .thenComparing(entry -> entry.position.shard())
                .thenComparingInt(entry -> entry.position.sequenceNumber().length())
                .thenComparing(entry -> entry.position.sequenceNumber())
                .thenComparingInt(entry -> entry.position.part());
    }

    /** @param input the name of the input that it is for */
    void add(String input, SourceRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(record.data().length + 256);
        try (DataOutputStream data = new DataOutputStream(bytes)) {
            Position position = record.position();
            data.writeUTF(position.stream());
            data.writeUTF(position.shard());
            data.writeUTF(position.sequenceNumber());
            data.writeLong(position.arrivalTime());
            data.writeInt(position.part());
            data.writeUTF(record.partitionKey());
            data.writeInt(record.data().length);
            data.write(record.data());
            out.write(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.computeIfAbsent(input, name -> new ArrayList<>())
                .add(new Entry(record.position(), written, bytes.size()));
        written += bytes.size();
    }

    /** All that were added, by input; no more can be. */
    Map<String, List<Records>> ordered() throws IOException {
        out.close();
        Map<String, List<Records>> ordered = new HashMap<>();
        for (Map.Entry<String, List<Entry>> input : entries.entrySet()) {
            Path file = directory.resolve("ordered-" + ordered.size());
            ordered.put(input.getKey(), List.of(new Ordered(file.toString(), order(input.getValue(), file))));
        }
        return ordered;
    }

    /** @return how many there are, each position counted once */
    private long order(List<Entry> of, Path file) throws IOException {
        of.sort(Entry.ORDER);
        long count = 0;
        Position before = null;
        try (RandomAccessFile from = new RandomAccessFile(gathered.toFile(), "r");
                OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            for (Entry entry : of) {
                if (entry.position.equals(before)) {
                    continue;
                }
                before = entry.position;
                byte[] bytes = new byte[entry.length];
                from.seek(entry.offset);
                from.readFully(bytes);
                to.write(bytes);
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        out.close();
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(directory);
    }

    /** The file, read from its beginning. */
    private record Ordered(String file, long count) implements Records {
        @Override
        public void forEach(Consumer<SourceRecord> record) throws IOException {
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(file)), BUFFER))) {
                for (long i = 0; i < count; i++) {
                    Position position =
                            new Position(in.readUTF(), in.readUTF(), in.readUTF(), in.readLong(), in.readInt());
                    String key = in.readUTF();
                    byte[] data = new byte[in.readInt()];
                    in.readFully(data);
                    record.accept(new SourceRecord(position, key, data));
                }
            }
        }
    }
}
