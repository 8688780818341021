package io.datamill.sink.lake;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.datamill.event.Event;
import io.datamill.sink.LineageReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.core.fs.Path;

/**
 * Lets through an outcome that the lake does not have yet: none of its tenant, id and version. Of each partition that an
 * outcome belongs to, the lineage is read once; memory holds some 80 bytes for each of its rows. Right in one subtask
 * alone, and only as long as nobody else writes the same.
 */
final class NotYetThere extends RichFilterFunction<Event> {
    private static final long serialVersionUID = 1L;
    private static final List<String> KEY = List.of("tenant", "event_id", "version");

    private final String directory;
    private final ParquetFormat<Event> format;
    private final Partitions<Event> partitions;
    private final LineageReader reader;
    private transient Map<String, Set<HashCode>> there;

    NotYetThere(String directory, ParquetFormat<Event> format, Partitions<Event> partitions, LineageReader reader) {
        this.directory = directory;
        this.format = format;
        this.partitions = partitions;
        this.reader = reader;
    }

    @Override
    public void open(OpenContext context) {
        there = new HashMap<>();
    }

    @Override
    public boolean filter(Event event) throws IOException {
        String partition = partitions.getBucketId(event, null);
        Set<HashCode> known = there.get(partition);
        if (known == null) {
            known = read(partition);
            there.put(partition, known);
        }
        return known.add(key((IndexedRecord) format.record().of(event).get(0)));
    }

    private Set<HashCode> read(String partition) throws IOException {
        Path path = partition.isEmpty() ? new Path(directory) : new Path(directory, partition);
        Set<HashCode> found = new HashSet<>();
        reader.forEach(path.toString(), lineage -> found.add(key(lineage)));
        return found;
    }

    private static HashCode key(IndexedRecord lineage) {
        StringBuilder text = new StringBuilder();
        for (String name : KEY) {
            String value = lineage.get(lineage.getSchema().getField(name).pos()).toString();
            text.append(value.length()).append(':').append(value);
        }
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8);
    }
}
