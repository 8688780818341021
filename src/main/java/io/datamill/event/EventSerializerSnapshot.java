package io.datamill.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The planned schema as JSON. Values go by position, so another schema is incompatible: it can only meet in an unaligned
 * checkpoint, never in a savepoint, and is then better refused than misread.
 */
public final class EventSerializerSnapshot implements TypeSerializerSnapshot<Event> {
    private static final int VERSION = 1;

    private Schema schema;

    /** For Flink, which calls {@link #readSnapshot} next. */
    public EventSerializerSnapshot() {}

    EventSerializerSnapshot(Schema schema) {
        this.schema = schema;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        byte[] json = schema.toString().getBytes(StandardCharsets.UTF_8);
        out.writeInt(json.length); // not writeUTF, which ends at 64 KiB
        out.write(json);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classLoader) throws IOException {
        if (version != VERSION) {
            throw new IOException("Event in layout " + version + ", this release reads " + VERSION);
        }
        byte[] json = new byte[in.readInt()];
        in.readFully(json);
        schema = new Schema.Parser().parse(new String(json, StandardCharsets.UTF_8));
    }

    @Override
    public EventSerializer restoreSerializer() {
        return new EventSerializer(schema);
    }

    @Override
    public TypeSerializerSchemaCompatibility<Event> resolveSchemaCompatibility(TypeSerializerSnapshot<Event> old) {
        return old instanceof EventSerializerSnapshot that && schema.equals(that.schema)
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
