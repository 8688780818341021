package io.datamill.step.profile;

import io.datamill.event.FlowSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Sketches that are kept apart. */
final class SketchSerializer extends FlowSerializer<Sketch> {
    static final SketchSerializer INSTANCE = new SketchSerializer();

    private static final long serialVersionUID = 1L;

    /** A sketch changes as events come. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Sketch copy(Sketch from) {
        return from.copy();
    }

    @Override
    public Sketch copy(Sketch from, Sketch reuse) {
        return from.copy();
    }

    @Override
    public void serialize(Sketch sketch, DataOutputView out) throws IOException {
        sketch.write(out);
    }

    @Override
    public Sketch deserialize(DataInputView in) throws IOException {
        return Sketch.read(in);
    }

    @Override
    public TypeSerializerSnapshot<Sketch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** It holds nothing: a sketch says its kind. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Sketch> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
