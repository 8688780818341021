package io.datamill.step.group;

import io.datamill.event.FlowSerializer;
import io.datamill.event.PlainValues;
import io.datamill.event.Position;
import io.datamill.event.TextSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Open windows in state. Every aggregate is written with its name and what kind it is, so that aggregates can be added,
 * removed and moved under a savepoint. The first byte is the layout's version.
 */
final class WindowStateSerializer extends FlowSerializer<WindowState> {
    static final WindowStateSerializer INSTANCE = new WindowStateSerializer();

    private static final long serialVersionUID = 1L;
    private static final int LAYOUT = 1;
    private static final int PLAIN = 0;
    private static final int LONGS = 1;
    private static final int DOUBLES = 2;
    private static final int HLL = 3;
    private static final int KLL = 4;
    private static final int ITEMS = 5;

    /** A window changes as events come. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public WindowState copy(WindowState from) {
        DataOutputSerializer out = new DataOutputSerializer(512);
        try {
            serialize(from, out);
            return deserialize(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
        } catch (IOException e) {
            throw new UncheckedIOException("copying in memory failed", e);
        }
    }

    @Override
    public WindowState copy(WindowState from, WindowState reuse) {
        return copy(from);
    }

    @Override
    public void serialize(WindowState state, DataOutputView out) throws IOException {
        out.writeByte(LAYOUT);
        text(state.tenant, out);
        out.writeInt(state.key.length);
        for (Object value : state.key) {
            PlainValues.write(value, out);
        }
        out.writeLong(state.end);
        text(state.latest.stream(), out);
        text(state.latest.shard(), out);
        text(state.latest.sequenceNumber(), out);
        out.writeLong(state.latest.arrivalTime());
        out.writeInt(state.latest.part());
        out.writeInt(state.names.length);
        for (int i = 0; i < state.names.length; i++) {
            text(state.names[i], out);
            write(state.held[i], out);
        }
    }

    @Override
    public WindowState deserialize(DataInputView in) throws IOException {
        int layout = in.readByte();
        if (layout != LAYOUT) {
            throw new IOException("window in layout " + layout + ", this release reads " + LAYOUT);
        }
        String tenant = text(in);
        Object[] key = new Object[in.readInt()];
        for (int i = 0; i < key.length; i++) {
            key[i] = PlainValues.read(in);
        }
        long end = in.readLong();
        Position latest = new Position(text(in), text(in), text(in), in.readLong(), in.readInt());
        String[] names = new String[in.readInt()];
        Object[] held = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = text(in);
            held[i] = read(in);
        }
        return new WindowState(tenant, key, end, latest, names, held);
    }

    private static void text(String text, DataOutputView out) throws IOException {
        TextSerializer.INSTANCE.serialize(text, out);
    }

    private static String text(DataInputView in) throws IOException {
        return TextSerializer.INSTANCE.deserialize(in);
    }

    private static void write(Object held, DataOutputView out) throws IOException {
        if (held instanceof long[] longs) {
            out.writeByte(LONGS);
            out.writeInt(longs.length);
            for (long number : longs) {
                out.writeLong(number);
            }
        } else if (held instanceof double[] doubles) {
            out.writeByte(DOUBLES);
            out.writeInt(doubles.length);
            for (double number : doubles) {
                out.writeDouble(number);
            }
        } else if (held instanceof HllSketch sketch) {
            bytes(HLL, sketch.toCompactByteArray(), out);
        } else if (held instanceof KllDoublesSketch sketch) {
            bytes(KLL, sketch.toByteArray(), out);
        } else if (held instanceof ItemsSketch<?> sketch) {
            bytes(ITEMS, items(sketch).toByteArray(new ArrayOfStringsSerDe()), out);
        } else {
            out.writeByte(PLAIN);
            PlainValues.write(held, out);
        }
    }

    @SuppressWarnings("unchecked") // There is no other kind of them.
    private static ItemsSketch<String> items(ItemsSketch<?> sketch) {
        return (ItemsSketch<String>) sketch;
    }

    private static Object read(DataInputView in) throws IOException {
        int kind = in.readByte();
        switch (kind) {
            case PLAIN:
                return PlainValues.read(in);
            case LONGS:
                long[] longs = new long[in.readInt()];
                for (int i = 0; i < longs.length; i++) {
                    longs[i] = in.readLong();
                }
                return longs;
            case DOUBLES:
                double[] doubles = new double[in.readInt()];
                for (int i = 0; i < doubles.length; i++) {
                    doubles[i] = in.readDouble();
                }
                return doubles;
            default:
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                return sketch(kind, bytes);
        }
    }

    private static Object sketch(int kind, byte[] bytes) throws IOException {
        return switch (kind) {
            case HLL -> HllSketch.heapify(bytes);
            case KLL -> KllDoublesSketch.heapify(Memory.wrap(bytes));
            case ITEMS -> ItemsSketch.getInstance(Memory.wrap(bytes), new ArrayOfStringsSerDe());
            default -> throw new IOException("an aggregate of kind " + kind + ", which this release does not know");
        };
    }

    private static void bytes(int kind, byte[] bytes, DataOutputView out) throws IOException {
        out.writeByte(kind);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public TypeSerializerSnapshot<WindowState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** It holds nothing: the layout's version is with each window. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
