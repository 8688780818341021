package io.datamill.bench;

import io.datamill.event.Event;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Runs an encoder where a sink's writer would be; what it makes is dropped. */
final class EncodingSink implements Sink<Event> {
    private static final long serialVersionUID = 1L;

    private final Encoder encoder;

    EncodingSink(Encoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public SinkWriter<Event> createWriter(WriterInitContext context) throws IOException {
        return writer();
    }

    @Override
    @Deprecated
    public SinkWriter<Event> createWriter(InitContext context) throws IOException {
        return writer();
    }

    private SinkWriter<Event> writer() throws IOException {
        try {
            encoder.open();
        } catch (Exception e) {
            throw new IOException(e);
        }
        return new Writer(encoder);
    }

    private record Writer(Encoder encoder) implements SinkWriter<Event> {
        @Override
        public void write(Event event, Context context) throws IOException {
            try {
                encoder.encode(event);
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        /** Before each barrier. */
        @Override
        public void flush(boolean endOfInput) throws IOException {
            close();
        }

        @Override
        public void close() throws IOException {
            try {
                encoder.roll();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
