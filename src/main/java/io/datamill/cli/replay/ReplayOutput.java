package io.datamill.cli.replay;

import io.datamill.cli.local.JsonLines;
import io.datamill.cli.local.LocalOutput;
import io.datamill.event.Event;
import io.datamill.event.Position;
import io.datamill.event.Reject;
import io.datamill.pipeline.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What comes of the records that are replayed; nothing is told of those that they only follow upon. */
final class ReplayOutput implements LocalOutput {
    private static final int EXAMPLES = 3;

    private final Predicate<Position> selected;
    private final Consumer<Position> accepting;
    private final Consumer<Reject> rejecting;
    private final Map<String, JsonLines> accounted = new LinkedHashMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private long accepted;
    private long rejected;

    /**
     * @param selected asked by several threads
     * @param accepting gets the position of each outcome of the selected ones
     * @param rejecting gets each of their rejects
     */
    ReplayOutput(Plan plan, Predicate<Position> selected, Consumer<Position> accepting, Consumer<Reject> rejecting) {
        this.selected = selected;
        this.accepting = accepting;
        this.rejecting = rejecting;
        // What a branch makes of an outcome is no event of its own.
        Stream.concat(Stream.of(""), plan.inputs().stream().map(Plan.Input::name))
                .filter(plan.ends()::containsKey)
                .distinct()
                .forEach(name ->
                        accounted.put(name, new JsonLines(plan.ends().get(name).output())));
    }

    @Override
    public boolean lands(Event event) {
        return selected.test(event.header().source().position());
    }

    @Override
    public void outcome(String flow, Event event) {
        JsonLines json = accounted.get(flow);
        if (json == null || !lands(event)) {
            return;
        }
        accepted++;
        accepting.accept(event.header().source().position());
        if (examples.size() < EXAMPLES) {
            examples.add(new String(json.outcome(event), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void reject(Reject reject) {
        if (!selected.test(reject.position())) {
            return;
        }
        rejected++;
        rejecting.accept(reject);
        reasons.merge(reject.cause().reason() + " of " + reject.cause().step(), 1L, Long::sum);
        if (refusals.size() < EXAMPLES) {
            refusals.add(reject.position() + ": "
                    + RejectText.oneLine(
                            reject.cause().reason() + ": " + reject.cause().message(), null));
        }
    }

    /** Outcomes. */
    long accepted() {
        return accepted;
    }

    /** Rejects: an event that two sinks refuse is counted twice. */
    long rejected() {
        return rejected;
    }

    /** Such as {@code : 2 UNKNOWN_SCHEMA of adapter}; empty where there are none. */
    String reasons() {
        return reasons.isEmpty()
                ? ""
                : reasons.entrySet().stream()
                        .map(reason -> reason.getValue() + " " + reason.getKey())
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    /** A few of each, one line each. */
    List<String> examples() {
        return Stream.concat(
                        examples.stream().map(outcome -> "accepted, for example: " + outcome),
                        refusals.stream().map(refused -> "rejected, for example: " + refused))
                .toList();
    }
}
