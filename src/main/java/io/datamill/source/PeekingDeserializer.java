package io.datamill.source;

import io.datamill.event.KeyedRecord;
import io.datamill.event.KeyedRecordTypeInformation;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.step.adapter.Peek;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/** Keeps a record's bytes as they are and peeks its key and time: the record is decoded once, behind the shuffle. */
final class PeekingDeserializer implements KinesisDeserializationSchema<KeyedRecord> {
    private static final long serialVersionUID = 1L;

    private final Peek peek;

    PeekingDeserializer(Peek peek) {
        this.peek = peek;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        peek.open();
    }

    @Override
    public KeyedRecord deserialize(
            byte[] data, String partitionKey, String sequenceNumber, long arrivalTime, String stream, String shard) {
        Position position = new Position(stream, shard, sequenceNumber, arrivalTime);
        return peek.peek(new SourceRecord(position, partitionKey, data));
    }

    @Override
    public TypeInformation<KeyedRecord> getProducedType() {
        return KeyedRecordTypeInformation.INSTANCE;
    }
}
