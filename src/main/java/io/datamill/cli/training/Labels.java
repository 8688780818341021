package io.datamill.cli.training;

import io.datamill.step.score.FieldPath;
import io.datamill.step.score.training.Lineage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** What people have said of events, by the events' ids. The last label of an event counts. */
final class Labels {
    private static final String ANY_TENANT = "";

    private final Map<String, Map<String, Boolean>> byId = new HashMap<>();
    private final List<Lineage.Input> files;

    private Labels(List<Lineage.Input> files) {
        this.files = files;
    }

    /** A label with where it stands in time: by the lake's own count, or 0 for what has none. */
    private record Told(long version, String tenant, String id, boolean bad) {}

    /**
     * Reads files with the fields {@code event_id}, the label and, if there is one, {@code tenant}.
     *
     * @throws IllegalArgumentException if a field is not there, or a label cannot be read
     */
    static Labels of(List<DataFile> files, String label, String bad) throws IOException {
        Table table = Table.of(files, Set.of("event_id", "tenant"));
        Schema schema = table.schema();
        FieldPath id = Values.plain(schema, "--labels", "event_id");
        FieldPath ownTenant = Values.ifThere(schema, "tenant");
        FieldPath tenant = ownTenant == null ? Values.ifThere(schema, "lineage.tenant") : ownTenant;
        FieldPath version = Values.ifThere(schema, "lineage.version");
        Truth truth = Truth.of(schema, label, bad);
        long[] rows = new long[files.size()];
        List<Told> told = new ArrayList<>();
        table.forEach((file, values) -> {
            rows[file]++;
            Boolean is = truth.of(values);
            String of = Values.text(id, values);
            if (is != null && of != null) {
                Long at = version == null ? null : Values.time(version, values);
                told.add(new Told(at == null ? 0 : at, Values.text(tenant, values), of, is));
            }
        });
        Labels labels = new Labels(FileEvents.inputs(files, rows));
        told.sort(Comparator.comparingLong(Told::version)); // Stable: without versions as they stand.
        told.forEach(labels::put);
        return labels;
    }

    /** Null where nothing was said of it. */
    Boolean of(Seen event) {
        Map<String, Boolean> byTenant = byId.get(event.id());
        if (byTenant == null) {
            return null;
        }
        if (event.tenant() == null) {
            return byTenant.size() == 1 ? byTenant.values().iterator().next() : byTenant.get(ANY_TENANT);
        }
        Boolean own = byTenant.get(event.tenant());
        return own == null ? byTenant.get(ANY_TENANT) : own;
    }

    List<Lineage.Input> files() {
        return files;
    }

    private void put(Told told) {
        byId.computeIfAbsent(told.id, id -> new HashMap<>())
                .put(told.tenant == null ? ANY_TENANT : told.tenant, told.bad);
    }
}
