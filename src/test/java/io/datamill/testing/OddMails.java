package io.datamill.testing;

import io.datamill.event.SourceRecord;
import io.datamill.schema.RecordEncoder;
import io.datamill.schema.RegistryLocation;
import io.datamill.schema.SchemaIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Mails that can be decoded and that no sensor of ours sends: extreme numbers, odd texts, nulls, huge lists. */
public final class OddMails {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "x\udc00y",
            "\ud83d\ude00",
            "\ufeff\ufffe\uffff",
            "\u001b[31m\r\n\t",
            "\"\\/{}[],:",
            "@",
            ">",
            "<@>",
            "a@b@>",
            "..",
            "../../etc",
            "2002-09-01",
            "NaN",
            "1e999",
            "null",
            "::ffff:1.2.3.4",
            "999.1.1.1",
            "fe80::1%eth0",
            "İıſ",
            "x".repeat(33_000),
            "é".repeat(17_000));
    private static final List<Long> NUMBERS = List.of(
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE + 1,
            -62_135_596_800_001L,
            253_402_300_800_000L,
            9_224_318_016_000_000L,
            -1L,
            0L,
            1L);

    private final Schema schema;
    private final RecordEncoder encoder;
    private final Random random;
    private int count;

    /** @param seed of the choices: the same gives the same mails */
    public OddMails(int version, long seed) {
        schema = new RegistryLocation(Mails.REGISTRY).open().byName("email-metadata-v" + version);
        encoder = new RecordEncoder(SchemaIds.of(schema), schema, true);
        random = new Random(seed);
    }

    /** A mail with up to three odd fields. */
    public SourceRecord next() {
        GenericRecord mail = good();
        for (int i = random.nextInt(4); i > 0; i--) {
            Schema.Field field =
                    schema.getFields().get(random.nextInt(schema.getFields().size()));
            List<Object> values = odd(field.schema());
            mail.put(field.pos(), values.get(random.nextInt(values.size())));
        }
        return Events.record(encoder.encode(mail));
    }

    /** For each field, a mail with each odd value of it. */
    public List<SourceRecord> oneByOne() {
        List<SourceRecord> records = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            for (Object value : odd(field.schema())) {
                GenericRecord mail = good();
                mail.put(field.pos(), value);
                records.add(Events.record(encoder.encode(mail)));
            }
        }
        return records;
    }

    private GenericRecord good() {
        GenericRecord mail = Mails.of(schema);
        mail.put("event_id", "odd-" + count++);
        if (schema.getField("hop_count") != null) {
            mail.put("hop_count", 1);
        }
        return mail;
    }

    private List<Object> odd(Schema type) {
        List<Object> values = new ArrayList<>();
        switch (type.getType()) {
            case STRING -> values.addAll(TEXTS);
            case LONG -> values.addAll(NUMBERS);
            case INT -> values.addAll(List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 1));
            case NULL -> values.add(null);
            case UNION -> type.getTypes().forEach(branch -> values.addAll(odd(branch)));
            case ARRAY -> values.addAll(lists(type.getElementType()));
            case RECORD -> values.addAll(records(type));
            default -> throw new IllegalStateException("no odd values of " + type);
        }
        return values;
    }

    private List<List<Object>> lists(Schema element) {
        List<Object> each = odd(element);
        List<List<Object>> lists = new ArrayList<>(List.of(List.of(), each));
        lists.add(Collections.nCopies(2_000, each.get(0)));
        return lists;
    }

    /** Of each field every odd value in turn. */
    private List<GenericRecord> records(Schema type) {
        List<GenericRecord> records = new ArrayList<>();
        int most = type.getFields().stream()
                .mapToInt(field -> odd(field.schema()).size())
                .max()
                .orElse(0);
        for (int i = 0; i < most; i++) {
            GenericRecord record = new GenericData.Record(type);
            for (Schema.Field field : type.getFields()) {
                List<Object> values = odd(field.schema());
                record.put(field.pos(), values.get(i % values.size()));
            }
            records.add(record);
        }
        return records;
    }
}
