package io.datamill.cli.training;

import io.datamill.step.score.FieldPath;
import io.datamill.step.score.training.Lineage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * Events as files hold them: tables, exports and the lake, which says itself what an event's id, tenant and time are.
 */
final class FileEvents implements Events {
    private final List<DataFile> files;
    private final Table table;
    private final FieldPath id;
    private final FieldPath tenant;
    private final FieldPath time;

    private FileEvents(List<DataFile> files, Table table, Asked asked) {
        this.files = files;
        this.table = table;
        Schema schema = table.schema();
        boolean lake = Values.ifThere(schema, "lineage.event_id") != null;
        this.id = asked.id != null
                ? Values.plain(schema, "--id", asked.id)
                : Values.ifThere(schema, lake ? "lineage.event_id" : "event_id");
        this.tenant = Values.ifThere(schema, lake ? "lineage.tenant" : "tenant");
        this.time = asked.time != null
                ? Values.plain(schema, "--time", asked.time)
                : Values.ifThere(schema, lake ? "lineage.event_time" : "event_time");
    }

    /**
     * What the command line says of the events' header.
     *
     * @param id field; null: the lake's own, or {@code event_id} where there is one
     * @param time field; null: the lake's own, or {@code event_time} where there is one
     * @param texts columns that are no numbers
     */
    record Asked(String id, String time, Set<String> texts) {}

    static FileEvents of(List<DataFile> files, Asked asked) throws IOException {
        return new FileEvents(files, Table.of(files, asked.texts), asked);
    }

    @Override
    public Schema schema() {
        return table.schema();
    }

    @Override
    public Tally forEach(Consumer<Seen> event) throws IOException {
        long[] rows = new long[files.size()];
        table.forEach((file, values) -> {
            rows[file]++;
            event.accept(
                    new Seen(Values.text(tenant, values), Values.text(id, values), Values.time(time, values), values));
        });
        return new Tally(inputs(files, rows), Map.of());
    }

    static List<Lineage.Input> inputs(List<DataFile> files, long[] rows) throws IOException {
        List<Lineage.Input> inputs = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            inputs.add(new Lineage.Input(files.get(i).name(), files.get(i).sha256(), rows[i]));
        }
        inputs.sort(Lineage.Input.ORDER);
        return inputs;
    }
}
