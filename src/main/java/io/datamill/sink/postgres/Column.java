package io.datamill.sink.postgres;

import io.datamill.sink.render.FieldPath;
import io.datamill.sink.render.JsonValue;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;

/**
 * One column of the table, beside the fixed ones.
 *
 * @param name an identifier that needs no escaping within quotes
 */
record Column(String name, Kind kind, FieldPath from) implements Serializable {
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /** How a value travels, and what Postgres takes it for. */
    enum Kind {
        TEXT(Types.VARCHAR),
        INTEGER(Types.INTEGER),
        BIGINT(Types.BIGINT),
        DOUBLE(Types.DOUBLE),
        BOOLEAN(Types.BOOLEAN),
        NUMERIC(Types.NUMERIC),
        DATE(Types.DATE),
        TIME(Types.TIMESTAMP_WITH_TIMEZONE),
        BYTES(Types.BINARY),
        JSON(Types.OTHER);

        private final int sqlType;

        Kind(int sqlType) {
            this.sqlType = sqlType;
        }

        static Kind of(Schema schema) {
            if (schema.getLogicalType() instanceof LogicalTypes.Decimal) {
                return NUMERIC;
            }
            return switch (schema.getType()) {
                case STRING, ENUM -> TEXT;
                case INT -> schema.getLogicalType() instanceof LogicalTypes.Date ? DATE : INTEGER;
                case LONG -> JsonValue.isTime(schema) ? TIME : BIGINT;
                case FLOAT, DOUBLE -> DOUBLE;
                case BOOLEAN -> BOOLEAN;
                case BYTES -> BYTES;
                default -> JSON;
            };
        }
    }

    /** The column of a field path: {@code trust.score} is {@code trust_score}. */
    static Column of(String path, Schema outcome) {
        FieldPath from = FieldPath.of(path, outcome);
        JsonValue.of(from.schema()); // Refuses what no column can hold.
        return new Column(identifier(path.replace('.', '_')), Kind.of(from.schema()), from);
    }

    /** Tells rows of one list of columns from those of another: names, kinds and order. */
    static int layout(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + ' ' + column.kind())
                .toList()
                .hashCode();
    }

    /** @throws IllegalArgumentException unless it can stand in a statement */
    static String identifier(String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a name of up to 63 of a-z, 0-9 and _");
        }
        return name;
    }

    /** Reads the value that {@link RowRenderer} wrote and sets it. */
    void bind(Decoder in, PreparedStatement statement, int at) throws SQLException, IOException {
        if (in.readIndex() == 0) {
            in.readNull();
            statement.setNull(at, kind.sqlType);
            return;
        }
        switch (kind) {
            case TEXT -> statement.setString(at, in.readString());
            case INTEGER -> statement.setInt(at, in.readInt());
            case BIGINT -> statement.setLong(at, in.readLong());
            case DOUBLE -> statement.setDouble(at, in.readDouble());
            case BOOLEAN -> statement.setBoolean(at, in.readBoolean());
            case NUMERIC -> statement.setBigDecimal(at, new BigDecimal(in.readString()));
            case DATE -> statement.setObject(at, LocalDate.ofEpochDay(in.readInt()));
            case TIME -> statement.setObject(at, time(in.readLong()));
            case BYTES -> {
                var bytes = in.readBytes(null);
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                statement.setBytes(at, copy);
            }
            case JSON -> statement.setObject(at, in.readString(), Types.OTHER);
        }
    }

    static OffsetDateTime time(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }
}
