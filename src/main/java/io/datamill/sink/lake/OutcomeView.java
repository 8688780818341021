package io.datamill.sink.lake;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.Versions;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * An outcome as the lake has it: a {@code lineage} record in front of the pipeline's own fields, whose values are
 * looked at where they are.
 */
final class OutcomeView implements ParquetFormat.RecordView<Event> {
    private static final long serialVersionUID = 1L;

    private final PipelineVersion pipeline;
    private final Schema schema;

    /** @param outcome the schema of the events */
    OutcomeView(PipelineVersion pipeline, Schema outcome) {
        this.pipeline = pipeline;
        this.schema = schema(outcome);
    }

    Schema schema() {
        return schema;
    }

    @Override
    public IndexedRecord of(Event event) {
        return new View(schema, lineage(event), event.values());
    }

    private IndexedRecord lineage(Event event) {
        Header header = event.header();
        GenericData.Record lineage =
                new GenericData.Record(schema.getFields().get(0).schema());
        lineage.put(0, header.tenant());
        lineage.put(1, header.id());
        lineage.put(2, header.time());
        lineage.put(3, header.source().position().arrivalTime());
        lineage.put(
                4, Versions.of(pipeline.generation(), header.source().position().arrivalTime()));
        lineage.put(5, pipeline.toString());
        lineage.put(6, header.source().position().toString());
        lineage.put(
                7, header.writerSchema() == null ? null : header.writerSchema().toString());
        return lineage;
    }

    private static Schema schema(Schema outcome) {
        Schema time = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        Schema lineage = SchemaBuilder.record("Lineage")
                .namespace("io.datamill")
                .fields()
                .requiredString("tenant")
                .requiredString("event_id")
                .name("event_time")
                .type(time)
                .noDefault()
                .name("arrival_time")
                .type(time)
                .noDefault()
                .requiredLong("version")
                .requiredString("pipeline")
                .requiredString("position")
                .optionalString("writer_schema")
                .endRecord();
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("lineage", lineage));
        outcome.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        return Schema.createRecord(outcome.getName(), outcome.getDoc(), outcome.getNamespace(), false, fields);
    }

    @SuppressWarnings("ArrayRecordComponent") // A view: the values are the event's.
    private record View(Schema schema, IndexedRecord lineage, Object[] values) implements IndexedRecord {
        @Override
        public Object get(int position) {
            return position == 0 ? lineage : values[position - 1];
        }

        @Override
        public void put(int position, Object value) {
            throw new UnsupportedOperationException("an outcome does not change");
        }

        @Override
        public Schema getSchema() {
            return schema;
        }
    }
}
