package io.datamill.bench;

import io.datamill.event.Event;
import io.datamill.sink.lake.ParquetFormat;
import io.datamill.sink.render.Renderer;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.parquet.hadoop.ParquetWriter;

/** What a sink makes of an outcome before anything leaves the process. One instance serves one thread. */
interface Encoder extends Serializable {
    void open() throws Exception;

    void encode(Event event) throws Exception;

    /** Ends a file, as a checkpoint does. */
    default void roll() throws Exception {}

    /** Rows for an outbox. */
    record Rows(Renderer renderer) implements Encoder {
        @Override
        public void open() {
            renderer.open();
        }

        @Override
        public void encode(Event event) throws Exception {
            renderer.render(event);
        }
    }

    /** Messages of the verdict stream. */
    record Messages(SerializationSchema<Event> format) implements Encoder {
        @Override
        public void open() throws Exception {
            format.open(null);
        }

        @Override
        public void encode(Event event) {
            format.serialize(event);
        }
    }

    /** Files of the lake, compressed and all; the bytes go nowhere. */
    final class Files implements Encoder {
        private static final long serialVersionUID = 1L;

        private final ParquetFormat<Event> format;
        private transient ParquetWriter<Event> writer;

        Files(ParquetFormat<Event> format) {
            this.format = format;
        }

        @Override
        public void open() {}

        @Override
        public void encode(Event event) throws Exception {
            if (writer == null) {
                writer = format.writer(new NowhereFile());
            }
            writer.write(event);
        }

        @Override
        public void roll() throws Exception {
            if (writer != null) {
                writer.close();
                writer = null;
            }
        }
    }
}
