package io.datamill.testing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Values of a type as an event holds them, mostly the extreme ones, the same for the same seed. */
public final class ExtremeValues {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "\uFEFF",
            "\uD83D\uDE00",
            "0",
            "-0",
            "1.5",
            "1e999",
            "-1e-400",
            "NaN",
            "Infinity",
            "9223372036854775808",
            "9".repeat(400),
            "true",
            "TRUE",
            "2026-01-31T12:00:00Z",
            "+1000000000-12-31T23:59:59Z",
            "-999999999-01-01",
            "2026-02-30",
            "PT9223372036854775807S",
            "99999999999999999999h",
            "25:61:61",
            "8 EiB",
            "1e400 GB",
            "http://user:pass@[::1]:99999/%zz?a=%&=b#%",
            "http://\u0000/",
            "?a=1&a=2&%ff=%C3",
            "bit.ly",
            "..",
            ".",
            "xn--a",
            "xn--" + "9".repeat(60),
            "\u00DF.\u3002",
            "a".repeat(64) + ".com",
            "ann+tag@gmail.com",
            "\"a b\"@[127.0.0.1]",
            "@",
            "<>",
            "=?utf-8?B?////?=",
            "192.0.2.1",
            "256.1.1.1",
            "::ffff:1.2.3.4%eth0",
            "1 Main St, Springfield, IL 62701",
            "192.0.2.7 - ada [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 -",
            "{\"a\":[1]}",
            "(".repeat(3000),
            "a".repeat(3000),
            "a.".repeat(1500),
            "1,".repeat(3000));

    private static final long[] LONGS = {
        0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1, 42
    };
    private static final long[] TIMES = {
        0, -1, Long.MAX_VALUE, Long.MIN_VALUE, -62135596800000L, 253402300799999L, 253402300800000L, 1769860800000L
    };
    private static final int[] DATES = {
        0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 20484, -719162, -719163, 2932896, 2932897
    };
    private static final int[] INTS = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 42};
    private static final double[] DOUBLES = {
        0,
        -0.0,
        1,
        -1.5,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        -Double.MAX_VALUE,
        9.3e18,
        1e-300,
        0.1
    };

    private final Random random;

    public ExtremeValues(Random random) {
        this.random = random;
    }

    /** One value for each field. */
    public Object[] values(Schema record) {
        return record.getFields().stream().map(field -> of(field.schema(), 0)).toArray();
    }

    private Object of(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> schema.getLogicalType() == null ? pick(INTS) : pick(DATES);
            case LONG -> schema.getLogicalType() == null ? pick(LONGS) : pick(TIMES);
            case FLOAT -> (float) pick(DOUBLES);
            case DOUBLE -> pick(DOUBLES);
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
            case BYTES -> bytes(schema);
            case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())));
            case UNION ->
                of(schema.getTypes().get(random.nextInt(schema.getTypes().size())), depth);
            case ARRAY -> list(schema, depth);
            case MAP -> map(schema, depth);
            case RECORD -> record(schema, depth);
        };
    }

    private ByteBuffer bytes(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            BigInteger most = BigInteger.TEN.pow(decimal.getPrecision()).subtract(BigInteger.ONE);
            BigInteger[] all = {BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE.negate(), most, most.negate()};
            return ByteBuffer.wrap(all[random.nextInt(all.length)].toByteArray());
        }
        byte[] data = new byte[new int[] {0, 1, 3, 1000}[random.nextInt(4)]];
        random.nextBytes(data);
        return ByteBuffer.wrap(data);
    }

    private List<Object> list(Schema schema, int depth) {
        List<Object> values = new ArrayList<>();
        for (int i = size(depth); i > 0; i--) {
            values.add(of(schema.getElementType(), depth + 1));
        }
        return values;
    }

    private Map<String, Object> map(Schema schema, int depth) {
        Map<String, Object> values = new HashMap<>();
        for (int i = size(depth); i > 0; i--) {
            values.put(TEXTS.get(random.nextInt(TEXTS.size())), of(schema.getValueType(), depth + 1));
        }
        return values;
    }

    private GenericData.Record record(Schema schema, int depth) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), of(field.schema(), depth + 1));
        }
        return record;
    }

    private int size(int depth) {
        return depth > 0 ? random.nextInt(3) : new int[] {0, 1, 2, 3, 50}[random.nextInt(5)];
    }

    private long pick(long[] of) {
        return of[random.nextInt(of.length)];
    }

    private int pick(int[] of) {
        return of[random.nextInt(of.length)];
    }

    private double pick(double[] of) {
        return of[random.nextInt(of.length)];
    }
}
