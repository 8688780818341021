package io.datamill.step.profile;

import io.datamill.event.FlowSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Profiles in state: the layout's version, then each feature's id with what it holds, so that features can be added,
 * removed and moved under a savepoint. Savepoints of before this serializer, with Flink's own for POJOs, are read too.
 */
final class ProfileStateSerializer extends FlowSerializer<ProfileState> {
    static final ProfileStateSerializer INSTANCE = new ProfileStateSerializer();

    private static final long serialVersionUID = 1L;
    private static final int LAYOUT = 1;

    /** A profile changes as events come. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public ProfileState copy(ProfileState from) {
        ProfileState current = current(from);
        Held[] held = new Held[current.held.length];
        for (int i = 0; i < held.length; i++) {
            held[i] = current.held[i].copy();
        }
        return new ProfileState(current.ids, held);
    }

    @Override
    public ProfileState copy(ProfileState from, ProfileState reuse) {
        return copy(from);
    }

    /** On the heap those of before stay as they were read, and may be read by a checkpoint at the same time. */
    private static ProfileState current(ProfileState state) {
        if (state.features == null) {
            return state;
        }
        ProfileState current = new ProfileState();
        current.features = state.features;
        current.adopt();
        return current;
    }

    @Override
    public void serialize(ProfileState state, DataOutputView out) throws IOException {
        ProfileState current = current(state);
        out.writeByte(LAYOUT);
        out.writeShort(current.ids.length);
        for (int i = 0; i < current.ids.length; i++) {
            out.writeLong(current.ids[i]);
            out.writeByte(current.held[i].kind());
            current.held[i].write(out);
        }
    }

    @Override
    public ProfileState deserialize(DataInputView in) throws IOException {
        int layout = in.readByte();
        if (layout != LAYOUT) {
            throw new IOException("profile in layout " + layout + ", this release reads " + LAYOUT);
        }
        long[] ids = new long[in.readUnsignedShort()];
        Held[] held = new Held[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = in.readLong();
            held[i] = read(in);
        }
        return new ProfileState(ids, held);
    }

    private static Held read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case Longs.KIND -> Longs.read(in);
            case Tiers.KIND -> Tiers.read(in);
            default -> throw new IOException("a feature of kind " + kind + ", which this release does not know");
        };
    }

    @Override
    public TypeSerializerSnapshot<ProfileState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** It holds nothing: the layout's version is with each profile. */
    public static final class Snapshot implements TypeSerializerSnapshot<ProfileState> {
        private static final int VERSION = 1;

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) {}

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
            if (version != VERSION) {
                throw new IOException("profiles by a serializer of version " + version + ", expected " + VERSION);
            }
        }

        @Override
        public TypeSerializer<ProfileState> restoreSerializer() {
            return INSTANCE;
        }

        @Override
        public TypeSerializerSchemaCompatibility<ProfileState> resolveSchemaCompatibility(
                TypeSerializerSnapshot<ProfileState> before) {
            if (before instanceof Snapshot) {
                return TypeSerializerSchemaCompatibility.compatibleAsIs();
            }
            return before instanceof PojoSerializerSnapshot
                    ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
