package io.datamill.sink.postgres;

import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.event.DriftFigure;
import io.datamill.event.Position;
import io.datamill.event.Reject;
import io.datamill.event.Versions;
import io.datamill.sink.outbox.Batching;
import io.datamill.sink.outbox.OutboxSink;
import io.datamill.sink.outbox.OutboxSpec;
import io.datamill.sink.outbox.StoreRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Keeps figures of drift in the table {@code drift}, through an outbox like the ledger's totals. */
final class DriftTable implements Upsert {
    private static final long serialVersionUID = 1L;
    private static final String ID = "drift";
    private static final String KEY = "pipeline, step, tenant, model, window_start, what, name";
    private static final List<String> COLUMNS = List.of(
            "pipeline",
            "step",
            "tenant",
            "model",
            "window_start",
            "what",
            "name",
            "value",
            "expected",
            "allowed",
            "breached",
            "events",
            "version");

    /** @return figures that the store refuses */
    static DataStream<Reject> attach(DataStream<DriftFigure> figures, Reference url, PipelineVersion pipeline) {
        String name = pipeline.name();
        int generation = pipeline.generation();
        DataStream<StoreRow> rows = figures.map(figure -> row(figure, name, generation))
                .returns(StoreRow.class)
                .name("drift rows")
                .uid("drift-rows");
        Batching batching = Batching.DEFAULT;
        return OutboxSink.attach(
                rows,
                ID,
                new OutboxSpec(
                        ID,
                        ID,
                        pipeline.toString(),
                        batching,
                        Postgres.store(url, new DriftTable(), batching.timeout())));
    }

    /** Its version: a window is measured again by a run of a higher generation, or where more of its events are known. */
    static StoreRow row(DriftFigure figure, String pipeline, int generation) {
        DriftFigure.Window of = figure.window();
        String entry = String.join(
                "/",
                of.step(),
                of.model(),
                Long.toString(of.start()),
                figure.what().name(),
                figure.name());
        return new StoreRow(
                new StoreRow.Key(of.tenant(), entry),
                Versions.of(generation, of.events()),
                of.start(),
                new Position(ID, pipeline, entry, of.start()),
                payload(figure));
    }

    private static byte[] payload(DriftFigure figure) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(figure.window().step());
            out.writeUTF(figure.window().model());
            out.writeUTF(figure.what().name().toLowerCase(Locale.ROOT));
            out.writeUTF(figure.name());
            out.writeDouble(figure.measure().value());
            out.writeDouble(figure.measure().expected());
            out.writeDouble(figure.measure().allowed());
            out.writeBoolean(figure.measure().breached());
            out.writeLong(figure.window().events());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public String table() {
        return ID;
    }

    @Override
    public List<String> columnNames() {
        return COLUMNS;
    }

    @Override
    public String statement() {
        return "INSERT INTO drift AS t (" + String.join(", ", COLUMNS)
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (" + KEY + ") DO UPDATE SET value = EXCLUDED.value, expected = EXCLUDED.expected,"
                + " allowed = EXCLUDED.allowed, breached = EXCLUDED.breached, events = EXCLUDED.events,"
                + " version = EXCLUDED.version WHERE t.version < EXCLUDED.version";
    }

    @Override
    public void bind(PreparedStatement statement, StoreRow row) throws SQLException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row.payload()))) {
            statement.setString(1, row.position().shard());
            statement.setString(2, in.readUTF());
            statement.setString(3, row.key().tenant());
            statement.setString(4, in.readUTF());
            statement.setObject(5, Column.time(row.time()));
            statement.setString(6, in.readUTF());
            statement.setString(7, in.readUTF());
            statement.setDouble(8, in.readDouble());
            double expected = in.readDouble();
            if (Double.isNaN(expected)) {
                statement.setNull(9, Types.DOUBLE);
            } else {
                statement.setDouble(9, expected);
            }
            statement.setDouble(10, in.readDouble());
            statement.setBoolean(11, in.readBoolean());
            statement.setLong(12, in.readLong());
            statement.setLong(13, row.version());
        } catch (IOException e) {
            throw new UncheckedIOException("a row that this release has not written", e);
        }
    }
}
