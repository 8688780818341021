package io.datamill.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class EventSerializerTest {
    private static final Schema HOP = SchemaBuilder.record("Hop")
            .fields()
            .optionalString("ip")
            .requiredLong("at")
            .endRecord();
    private static final Schema SCHEMA = SchemaBuilder.record("Mail")
            .fields()
            .optionalString("subject")
            .requiredLong("size")
            .name("hops")
            .type()
            .array()
            .items(HOP)
            .noDefault()
            .endRecord();

    private final TypeSerializer<Event> serializer =
            new EventTypeInformation(SCHEMA).createSerializer(new SerializerConfigImpl());

    private static Event event(UUID writerSchema, Object... values) {
        SourceRecord source = new SourceRecord(new Position("s", "0", "1", 5), null, new byte[] {1, 2, 3});
        return new Event(new Header("acme", "id-1", 4, writerSchema, source), "acme|1:x", values);
    }

    @Test
    void givesHeaderAndValuesBack() throws IOException {
        GenericRecord hop = new GenericRecordBuilder(HOP)
                .set("ip", "192.0.2.1")
                .set("at", 9L)
                .build();
        Event written = event(UUID.randomUUID(), "na\u00efve \ud83d\ude00", 12L, List.of(hop, hop));
        Event read = readBack(written);
        assertThat(read).usingRecursiveComparison().ignoringFields("values").isEqualTo(written);
        assertThat(read.values()).containsExactly(written.values());
    }

    @Test
    void givesNullsBack() throws IOException {
        Event read = readBack(event(null, null, 12L, List.of()));
        assertThat(read.header().writerSchema()).isNull();
        assertThat(read.header().source().partitionKey()).isNull();
        assertThat(read.values()).containsExactly(null, 12L, List.of());
    }

    @Test
    void givesStringsAsJavaStringsInNestedRecordsToo() throws IOException {
        GenericRecord hop = new GenericRecordBuilder(HOP)
                .set("ip", "192.0.2.1")
                .set("at", 9L)
                .build();
        Object[] values = readBack(event(null, "s", 12L, List.of(hop))).values();
        assertThat(values[0]).isInstanceOf(String.class);
        GenericRecord first = (GenericRecord) ((List<?>) values[2]).get(0);
        assertThat(first.get("ip")).isInstanceOf(String.class);
    }

    @Test
    void readsNoFurtherThanItsOwnEvent() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(event(null, "one", 1L, List.of()), out);
        serializer.serialize(event(null, "two", 2L, List.of()), out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(serializer.deserialize(in).values()[0]).isEqualTo("one");
        assertThat(serializer.deserialize(in).values()[0]).isEqualTo("two");
        assertThat(in.available()).isZero();
    }

    @Test
    void isEqualToItsDuplicateAndToThatOfItsSnapshot() throws IOException {
        TypeSerializerSnapshot<Event> restored = snapshotRoundTrip(serializer);
        assertThat(serializer.duplicate()).isEqualTo(serializer).isNotSameAs(serializer);
        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(restored)
                        .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void refusesWhatWasWrittenWithAnotherSchema() throws IOException {
        TypeSerializer<Event> other = new EventSerializer(HOP);
        assertThat(other.snapshotConfiguration()
                        .resolveSchemaCompatibility(snapshotRoundTrip(serializer))
                        .isIncompatible())
                .isTrue();
        assertThat(new EventTypeInformation(HOP)).isNotEqualTo(new EventTypeInformation(SCHEMA));
    }

    @Test
    void keepsASchemaBeyond64Kibibytes() throws IOException {
        Schema big = Schema.createRecord(
                "Big", "d".repeat(70_000), null, false, List.of(new Schema.Field("a", Schema.create(Schema.Type.INT))));
        assertThat(snapshotRoundTrip(new EventSerializer(big)).restoreSerializer())
                .isEqualTo(new EventSerializer(big));
    }

    @Test
    void keepsValuesWhoseSchemaSaysJavaString() throws IOException {
        Schema string = Schema.create(Schema.Type.STRING);
        GenericData.setStringType(string, GenericData.StringType.String);
        Schema schema = Schema.createRecord("R", null, null, false, List.of(new Schema.Field("a", string)));
        EventSerializer of = new EventSerializer(schema);
        DataOutputSerializer out = new DataOutputSerializer(16);
        of.serialize(event(null, "x"), out);
        assertThat(of.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()))
                        .values())
                .containsExactly("x");
    }

    @Test
    void givesUnionsBackInEitherOrder() throws IOException {
        Schema string = Schema.create(Schema.Type.STRING);
        Schema empty = Schema.create(Schema.Type.NULL);
        Schema number = Schema.create(Schema.Type.LONG);
        List<Schema> unions = List.of(
                Schema.createUnion(string, empty),
                Schema.createUnion(string, empty),
                Schema.createUnion(string, number),
                Schema.createUnion(empty, string, number));
        List<Schema.Field> fields = IntStream.range(0, unions.size())
                .mapToObj(i -> new Schema.Field("f" + i, unions.get(i)))
                .toList();
        EventSerializer of = new EventSerializer(Schema.createRecord("R", null, null, false, fields));
        DataOutputSerializer out = new DataOutputSerializer(16);
        of.serialize(event(null, null, "a", 3L, 4L), out);
        assertThat(of.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()))
                        .values())
                .containsExactly(null, "a", 3L, 4L);
    }

    private TypeSerializerSnapshot<Event> snapshotRoundTrip(TypeSerializer<Event> of) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, of.snapshotConfiguration());
        return TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    }

    private Event readBack(Event event) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        serializer.serialize(event, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
