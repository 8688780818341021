package io.datamill.sink.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.datamill.config.PipelineVersion;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.Versions;
import java.io.IOException;
import java.io.Serializable;

/**
 * Where an outcome comes from, the same object in every store and in the lake. The
 * versions of models and enrichment data stand in the fields they made.
 */
public final class Lineage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final SerializedString TENANT = new SerializedString("tenant");
    private static final SerializedString EVENT_ID = new SerializedString("event_id");
    private static final SerializedString EVENT_TIME = new SerializedString("event_time");
    private static final SerializedString ARRIVAL_TIME = new SerializedString("arrival_time");
    private static final SerializedString VERSION = new SerializedString("version");
    private static final SerializedString PIPELINE = new SerializedString("pipeline");
    private static final SerializedString POSITION = new SerializedString("position");
    private static final SerializedString WRITER_SCHEMA = new SerializedString("writer_schema");

    private final SerializedString pipeline;
    private final int generation;

    public Lineage(PipelineVersion pipeline) {
        this.pipeline = new SerializedString(pipeline.toString());
        this.generation = pipeline.generation();
    }

    public long version(Header header) {
        return Versions.of(generation, header.source().position().arrivalTime());
    }

    /** Writes the object, not its name. */
    public void write(Header header, IsoTime time, JsonGenerator json) throws IOException {
        Position position = header.source().position();
        json.writeStartObject();
        json.writeFieldName(TENANT);
        json.writeString(header.tenant());
        json.writeFieldName(EVENT_ID);
        json.writeString(header.id());
        json.writeFieldName(EVENT_TIME);
        time.write(header.time(), json);
        json.writeFieldName(ARRIVAL_TIME);
        time.write(position.arrivalTime(), json);
        json.writeFieldName(VERSION);
        json.writeNumber(version(header));
        json.writeFieldName(PIPELINE);
        json.writeString(pipeline);
        json.writeFieldName(POSITION);
        json.writeString(position.toString());
        json.writeFieldName(WRITER_SCHEMA);
        json.writeString(
                header.writerSchema() == null ? null : header.writerSchema().toString());
        json.writeEndObject();
    }
}
