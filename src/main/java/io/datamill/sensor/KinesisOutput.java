package io.datamill.sensor;

import io.datamill.schema.RecordEncoder;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Framed records on a stream, by the domain of the sender, so that one sender's mails stay in order. */
public final class KinesisOutput implements EmailOutput {
    private final Schema schema;
    private final RecordEncoder encoder;
    private final KinesisPort port;
    private final KinesisWriter writer;

    /**
     * @param schema the version to write, which {@code encoder} was made for
     * @param port closed with this output
     */
    public KinesisOutput(Schema schema, RecordEncoder encoder, KinesisPort port) {
        this.schema = schema;
        this.encoder = encoder;
        this.port = port;
        this.writer = new KinesisWriter(port);
    }

    @Override
    public void write(GenericRecord newest) {
        writer.add(partitionKey(newest), encoder.encode(EmailVersions.as(newest, schema)));
    }

    /** The sender's domain; of a mail that has none its id, so that such mails spread over the shards. */
    public static String partitionKey(GenericRecord newest) {
        Object domain = newest.get("from_domain");
        return (domain != null ? domain : newest.get("event_id")).toString();
    }

    @Override
    public long written() {
        return writer.sent();
    }

    @Override
    public void close() {
        try (port) {
            writer.close();
        }
    }
}
