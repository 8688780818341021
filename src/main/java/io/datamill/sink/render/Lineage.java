package io.datamill.sink.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.datamill.config.PipelineVersion;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.Versions;
import java.io.IOException;
import java.io.Serializable;

/**
 * Where an outcome comes from, the same in every store: an object of the pipeline's name and digest, the writer's
 * schema and the record's position. The versions of models and enrichment data stand in the fields they made.
 */
public final class Lineage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final SerializableString PIPELINE = new SerializedString("pipeline");
    private static final SerializableString SCHEMA = new SerializedString("schema");
    private static final SerializableString POSITION = new SerializedString("position");

    private final SerializedString pipeline;
    private final int generation;

    public Lineage(PipelineVersion pipeline) {
        this.pipeline = new SerializedString(pipeline.toString());
        this.generation = pipeline.generation();
    }

    /** Name and digest. */
    public String pipeline() {
        return pipeline.getValue();
    }

    public long version(Header header) {
        return Versions.of(generation, header.source().position().arrivalTime());
    }

    /** Writes the object, not its name. */
    public void write(Header header, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName(PIPELINE);
        json.writeString(pipeline);
        json.writeFieldName(SCHEMA);
        if (header.writerSchema() == null) {
            json.writeNull();
        } else {
            json.writeString(header.writerSchema().toString());
        }
        json.writeFieldName(POSITION);
        Position position = header.source().position();
        json.writeString(position.toString());
        json.writeEndObject();
    }
}
