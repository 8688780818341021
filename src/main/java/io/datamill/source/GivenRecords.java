package io.datamill.source;

import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import java.util.List;
import java.util.function.Consumer;

/**
 * Records that are given as they are.
 *
 * @param name stands where the stream's does in a position
 * @param arrivalTime of all of them, milliseconds since the epoch
 */
public record GivenRecords(String name, long arrivalTime, List<byte[]> data) implements Records {
    public GivenRecords {
        data = List.copyOf(data);
    }

    @Override
    public void forEach(Consumer<SourceRecord> record) {
        for (int i = 0; i < data.size(); i++) {
            record.accept(
                    new SourceRecord(new Position(name, "given", Integer.toString(i), arrivalTime), "", data.get(i)));
        }
    }
}
