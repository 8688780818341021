package io.datamill.cli.replay;

import io.datamill.event.Reject;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Planner;
import io.datamill.pipeline.Planner.Told;
import io.datamill.sink.LedgerConfig;
import io.datamill.sink.RejectConfig;
import io.datamill.sink.lake.RejectFiles;
import io.datamill.sink.postgres.LedgerSink;
import io.datamill.sink.postgres.ReplayedRejects;
import io.datamill.sink.postgres.ReplayedRejects.Mark;
import io.datamill.sink.postgres.ReplayedRejects.RejectKey;
import io.datamill.source.LakeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.flink.core.fs.FileStatus;

/** The rejects of one pipeline, in its store that keeps all bytes, and which of them have been run again. */
final class RejectStore {
    private static final String PAYLOAD = "payload";
    private static final String DAY = "day=";

    private final Path file;
    private final Told told;
    private final RejectFiles files;

    private RejectStore(Path file, Told told, RejectFiles files) {
        this.file = file;
        this.told = told;
        this.files = files;
    }

    /**
     * Finds the store; the pipeline's steps may be wrong.
     *
     * @param file of the pipeline
     * @throws IllegalArgumentException if it has no store that keeps all bytes
     */
    static RejectStore of(Path file) throws InvalidPipelineException, IOException {
        Told told = new Planner(Catalog.STANDARD).told(file);
        for (RejectConfig store : told.accounts().rejects().values()) {
            if (store instanceof RejectFiles files) {
                return new RejectStore(file, told, files);
            }
        }
        throw new IllegalArgumentException(file + ": no store of rejects keeps all their bytes; add"
                + " rejects: { s3: { path: \"s3://lake/rejects\" } }");
    }

    Path file() {
        return file;
    }

    /** The name of the pipeline. */
    String pipeline() {
        return told.version().name();
    }

    /**
     * Which have been run again, and what came of each.
     *
     * @throws SQLException if Postgres does not say
     */
    Map<RejectKey, Mark> marks() throws SQLException {
        try (ReplayedRejects replayed = replayed()) {
            return replayed.of(pipeline());
        }
    }

    /** The table of what has been run again. */
    ReplayedRejects replayed() throws SQLException {
        LedgerConfig ledger = told.accounts().ledger();
        if (ledger instanceof LedgerSink.Config postgres) {
            return ReplayedRejects.open(postgres.url());
        }
        throw new IllegalArgumentException(
                file + ": there is no section ledger, in whose Postgres it stands which rejects have been replayed");
    }

    /**
     * Gives each reject once, in no order.
     *
     * @param from of the first arrival, null: of all
     * @param to of the first that is too late, null: none is
     * @param payload whether with its bytes, which make a row large
     */
    void forEach(Instant from, Instant to, boolean payload, Consumer<Reject> reject) throws IOException {
        String own = pipeline() + '@';
        long first = from == null ? Long.MIN_VALUE : from.toEpochMilli();
        long end = to == null ? Long.MAX_VALUE : to.toEpochMilli();
        Set<RejectKey> given = new HashSet<>();
        for (FileStatus one : new LakeFiles(files.path().resolve()).files()) {
            if (!mayHold(one, from, to)) {
                continue;
            }
            LakeFiles.forEach(
                    one, payload ? RejectFiles.SCHEMA : COLUMNS, LakeFiles.between("arrival_time", first, end), row -> {
                        Reject found = RejectFiles.reject(row);
                        if (found.cause().pipeline().startsWith(own) && given.add(RejectKey.of(found))) {
                            reject.accept(found);
                        }
                    });
        }
    }

    private static final Schema COLUMNS = withoutPayload();

    private static Schema withoutPayload() {
        Schema all = RejectFiles.SCHEMA;
        List<Schema.Field> fields = all.getFields().stream()
                .filter(field -> !field.name().equals(PAYLOAD))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(all.getName(), null, all.getNamespace(), false, fields);
    }

    /** As far as the name of the day that it is in says. */
    private static boolean mayHold(FileStatus one, Instant from, Instant to) {
        String name = one.getPath().getParent().getName();
        if (!name.startsWith(DAY)) {
            return true;
        }
        try {
            LocalDate day = LocalDate.parse(name.substring(DAY.length()));
            return (from == null || !day.isBefore(day(from))) && (to == null || !day.isAfter(day(to)));
        } catch (DateTimeParseException e) {
            return true;
        }
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
