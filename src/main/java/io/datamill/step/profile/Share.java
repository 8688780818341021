package io.datamill.step.profile;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.expression.Evaluator;
import io.datamill.expression.Expression;
import io.datamill.step.KeyedStep;
import org.apache.avro.Schema;

/** The share of a window's events, this one included, for which a condition holds: 0 to 1. */
final class Share implements Feature {
    /** The slot with the count, and for how many of them it holds. */
    static final int WIDTH = 2;

    private static final long serialVersionUID = 1L;

    private final String name;
    private final Expression condition;
    private final Slots slots;
    private transient Evaluator evaluator;
    private transient boolean now;

    /** @param condition gives a boolean, never null */
    Share(String name, Expression condition, Slots slots) {
        this.name = name;
        this.condition = condition;
        this.slots = slots;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Schema schema() {
        return Schema.create(Schema.Type.DOUBLE);
    }

    @Override
    public void open(KeyedStep.Context context) {
        evaluator = condition.open();
    }

    @Override
    public void check(Event event) throws RejectedEventException {
        now = (Boolean) evaluator.evaluate(event.values());
    }

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        long slot = slots.of(event);
        long all = 1;
        long some = now ? 1 : 0;
        for (int i = slots.upTo(slot, longs); slots.holds(slot, i, longs); i -= WIDTH) {
            all += Slots.count(longs.values[i]);
            some += longs.values[i + 1];
        }
        int at = slots.counted(slot, longs);
        if (at >= 0 && now) {
            longs.values[at + 1]++;
        }
        return (double) some / all;
    }
}
