package io.datamill.step.profile;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The sketches of a key that an event needs: of the slot that the latest event fell into, and of the window that ends
 * with it, so that no event has to merge a window's slots. The other slots are kept apart; here are their numbers.
 */
final class Tiers implements Held {
    static final int KIND = 2;

    /** Of {@link #current}; of no meaning before the first event. */
    long slot = Long.MIN_VALUE;

    Sketch current;
    Sketch window;

    /** The slots that are kept apart, in order. */
    final Longs apart;

    /** Empty, of one kind. */
    Tiers(Sketch empty) {
        this(empty, empty.copy(), new Longs());
    }

    private Tiers(Sketch current, Sketch window, Longs apart) {
        this.current = current;
        this.window = window;
        this.apart = apart;
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeLong(slot);
        current.write(out);
        window.write(out);
        apart.write(out);
    }

    static Tiers read(DataInputView in) throws IOException {
        long slot = in.readLong();
        Tiers tiers = new Tiers(Sketch.read(in), Sketch.read(in), Longs.read(in));
        tiers.slot = slot;
        return tiers;
    }

    @Override
    public Tiers copy() {
        Tiers copy = new Tiers(current.copy(), window.copy(), apart.copy());
        copy.slot = slot;
        return copy;
    }
}
