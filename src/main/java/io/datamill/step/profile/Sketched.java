package io.datamill.step.profile;

import io.datamill.event.Event;
import io.datamill.event.TextSerializer;
import io.datamill.step.KeyedStep;
import org.apache.avro.Schema;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/**
 * What a sketch says of a field's values in a window, this event's included. The latest {@value #HELD} slots that had a
 * value are kept, so an event counts where it belongs as long as no more than that are newer.
 */
final class Sketched implements Feature {
    static final int HELD = 15;

    private static final long serialVersionUID = 1L;

    private final String name;
    private final int field;
    private final Slots slots;

    /** Of the most frequent values how many; 0: how many different ones. */
    private final int most;

    private transient MapState<String, Sketch> apart;
    private transient String prefix;

    Sketched(String name, int field, Slots slots, int most) {
        this.name = name;
        this.field = field;
        this.slots = slots;
        this.most = most;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Schema schema() {
        return most == 0 ? Schema.create(Schema.Type.LONG) : FrequentValues.SCHEMA;
    }

    static MapState<String, Sketch> apart(KeyedStep.Context context) {
        return context.state()
                .getMapState(new MapStateDescriptor<>("slots", TextSerializer.INSTANCE, SketchSerializer.INSTANCE));
    }

    @Override
    public void open(KeyedStep.Context context) {
        apart = apart(context);
        prefix = prefix(ProfileState.id(name));
    }

    @Override
    public Held start() {
        return new Tiers(empty());
    }

    private Sketch empty() {
        return most == 0 ? new DistinctValues() : new FrequentValues(most);
    }

    @Override
    public Object take(Held held, Event event) throws Exception {
        Tiers tiers = (Tiers) held;
        long slot = slots.of(event);
        if (slot != tiers.slot) {
            move(tiers, slot);
        }
        Object value = event.values()[field];
        if (value != null) {
            String text = value.toString();
            tiers.current.add(text);
            tiers.window.add(text);
        }
        return tiers.window.value();
    }

    private void move(Tiers tiers, long slot) throws Exception {
        if (!tiers.current.isEmpty()) {
            leave(tiers);
        }
        Longs others = tiers.apart;
        Sketch current = empty();
        Sketch window = empty();
        for (int i = others.size - 1; i >= 0 && others.values[i] > slot - slots.window(); i--) {
            long other = others.values[i];
            if (other == slot) {
                current = apart.get(prefix + slot);
                apart.remove(prefix + slot);
                others.remove(i, 1);
            } else if (other < slot) {
                window.add(apart.get(prefix + other));
            }
        }
        window.add(current);
        tiers.slot = slot;
        tiers.current = current;
        tiers.window = window;
    }

    /** Puts the current slot to the others; the oldest is forgotten where there are too many. */
    private void leave(Tiers tiers) throws Exception {
        Longs others = tiers.apart;
        int at = others.size;
        while (at > 0 && others.values[at - 1] > tiers.slot) {
            at--;
        }
        others.insert(at, 1);
        others.values[at] = tiers.slot;
        apart.put(prefix + tiers.slot, tiers.current);
        if (others.size > HELD) {
            apart.remove(prefix + others.values[0]);
            others.remove(0, 1);
        }
    }

    /** Drops what a feature that is no longer asked for keeps apart. */
    static void drop(long id, Tiers tiers, MapState<String, Sketch> apart) throws Exception {
        for (int i = 0; i < tiers.apart.size; i++) {
            apart.remove(prefix(id) + tiers.apart.values[i]);
        }
    }

    private static String prefix(long id) {
        return Long.toString(id, Character.MAX_RADIX) + '@';
    }
}
