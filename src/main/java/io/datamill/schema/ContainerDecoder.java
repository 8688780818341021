package io.datamill.schema;

import io.datamill.schema.UndecodableException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads records each of which is a whole Avro object container, of any writer's schema, as the reader's. Every codec of
 * the specification is known. Not safe for use by several threads.
 */
public final class ContainerDecoder {
    /** Datums in one record. */
    static final int MAX_DATUMS = 100_000;

    /** Writers' schemas that are kept; whoever sends more is slower. */
    private static final int KEPT_PLANS = 64;

    private final Schema readerSchema;
    private final int maxInflated;
    private final GenericData data = WriterPlan.fastData();
    private final BoundedDecoder input = new BoundedDecoder();
    private final Map<ByteBuffer, WriterPlan> plans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, WriterPlan> eldest) {
            return size() > KEPT_PLANS;
        }
    };

    public ContainerDecoder(Schema readerSchema) {
        this(readerSchema, WireFormat.DEFAULT_MAX_INFLATED);
    }

    /** @param maxInflated bytes that all blocks of a container may inflate to */
    ContainerDecoder(Schema readerSchema, int maxInflated) {
        this.maxInflated = maxInflated;
        this.readerSchema = ReaderSchemas.withJavaStrings(readerSchema);
    }

    /** One datum of a container. */
    public static final class Datum {
        private final WriterPlan plan;
        private final GenericRecord record;
        private final Container container;
        private final ByteBuffer bytes;

        private Datum(WriterPlan plan, GenericRecord record, Container container, ByteBuffer bytes) {
            this.plan = plan;
            this.record = record;
            this.container = container;
            this.bytes = bytes;
        }

        public GenericRecord record() {
            return record;
        }

        /** The id of the schema it was written with, whether a registry has it or not. */
        public UUID writer() {
            return plan.writer();
        }

        /** A container that holds this datum alone. */
        public byte[] alone() {
            return container.alone(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        }
    }

    /**
     * All datums of a container, in their order.
     *
     * @throws UndecodableException when any part of it is broken: what comes behind cannot be told from damage
     */
    public List<Datum> decode(byte[] bytes) throws UndecodableException {
        try {
            Container container = new Container(bytes, maxInflated);
            WriterPlan plan = plan(container.schema());
            plan.requireCompatible();
            List<Datum> datums = new ArrayList<>();
            for (Container.Block block = container.next(); block != null; block = container.next()) {
                if (block.count() > MAX_DATUMS - datums.size()) {
                    throw new UndecodableException(Reason.TOO_LARGE, "more than " + MAX_DATUMS + " datums");
                }
                read(container, plan, block, datums);
            }
            return datums;
        } catch (BadInput e) {
            throw new UndecodableException(e.reason(), e.getMessage(), e);
        }
    }

    private void read(Container container, WriterPlan plan, Container.Block block, List<Datum> into)
            throws UndecodableException {
        byte[] bytes = block.bytes();
        int offset = 0;
        for (long i = 0; i < block.count(); i++) {
            input.reset(bytes, offset, bytes.length - offset);
            GenericRecord record = plan.read(null, input);
            int end = bytes.length - input.remaining();
            into.add(new Datum(plan, record, container, ByteBuffer.wrap(bytes, offset, end - offset)));
            offset = end;
        }
        if (offset < bytes.length) {
            throw new UndecodableException(
                    Reason.TRAILING_BYTES,
                    (bytes.length - offset) + " bytes are left after the " + block.count() + " datums of a block"
                            + plan.written());
        }
    }

    private WriterPlan plan(byte[] json) throws UndecodableException {
        WriterPlan plan = plans.get(ByteBuffer.wrap(json));
        if (plan == null) {
            Schema writer = parsed(json);
            plan = WriterPlan.of(SchemaIds.of(writer), writer, readerSchema, true, data);
            plans.put(ByteBuffer.wrap(json), plan);
        }
        return plan;
    }

    private static Schema parsed(byte[] json) throws UndecodableException {
        try {
            return new Schema.Parser().parse(new String(json, StandardCharsets.UTF_8));
        } catch (AvroRuntimeException e) {
            throw new UndecodableException(
                    Reason.UNKNOWN_SCHEMA, "the container's avro.schema is no schema: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new UndecodableException(Reason.TOO_LARGE, "the container's avro.schema is nested too deep", e);
        }
    }
}
