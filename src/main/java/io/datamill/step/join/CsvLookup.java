package io.datamill.step.join;

import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.StatelessStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericData;

/** Finds rows in a CSV file, which is read again when it has changed. */
final class CsvLookup implements StatelessStep {
    private static final long serialVersionUID = 1L;

    private final Reference file;
    private final int[] positions;
    private final List<String> key;
    private final Taken taken;
    private final long refreshNanos;
    private final boolean rejecting;
    private transient Path path;
    private transient CsvTable table;
    private transient long checked;

    /**
     * @param positions of the fields that make the key, in the order of {@code key}
     * @param rejecting whether an event without a row is rejected
     */
    CsvLookup(Reference file, int[] positions, List<String> key, Taken taken, Lookup.Upkeep upkeep) {
        this.file = file;
        this.positions = positions;
        this.key = key;
        this.taken = taken;
        this.refreshNanos = upkeep.refresh().toNanos();
        this.rejecting = upkeep.rejecting();
    }

    @Override
    public void open() throws IOException {
        path = Path.of(file.resolve());
        table = CsvTable.open(path, key, taken);
        checked = System.nanoTime();
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        return apply(event, System.nanoTime());
    }

    /** @param now as {@link System#nanoTime} has it */
    Event apply(Event event, long now) throws RejectedEventException {
        if (now - checked >= refreshNanos) {
            checked = now;
            refresh();
        }
        Object sought = key(event);
        GenericData.Record row = sought == null ? null : table.find(sought);
        if (row == null && rejecting) {
            throw new RejectedEventException("NOT_IN_TABLE", "no row of " + path + " has " + sought + " in " + key);
        }
        Object[] values = event.widened(1);
        values[values.length - 1] = row;
        return event.withValues(values);
    }

    /** A file that is not there is about to be replaced: what was read of it holds until the next look. */
    private void refresh() {
        try {
            if (Files.isRegularFile(path) && !CsvTable.Version.of(path).equals(table.version())) {
                table = CsvTable.open(path, key, taken);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("after " + Duration.ofNanos(refreshNanos) + ": " + e.getMessage(), e);
        }
    }

    private Object key(Event event) {
        if (positions.length == 1) {
            Object value = event.values()[positions[0]];
            return value == null ? null : value.toString();
        }
        List<String> texts = new ArrayList<>(positions.length);
        for (int position : positions) {
            Object value = event.values()[position];
            if (value == null) {
                return null;
            }
            texts.add(value.toString());
        }
        return texts;
    }
}
