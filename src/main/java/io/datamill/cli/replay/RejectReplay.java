package io.datamill.cli.replay;

import io.datamill.cli.local.LocalSummary;
import io.datamill.event.Fate;
import io.datamill.event.Reject;
import io.datamill.pipeline.Plan;
import io.datamill.sink.postgres.ReplayedRejects;
import io.datamill.sink.postgres.ReplayedRejects.Mark;
import io.datamill.sink.postgres.ReplayedRejects.RejectKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One replay of rejects. */
final class RejectReplay {
    private static final int EXAMPLES = 3;

    private final Replay replay;
    private final Plan plan;
    private final PrintWriter out;
    private final Set<StoredReject> accepted = new HashSet<>();
    private final Map<StoredReject, Reject> again = new LinkedHashMap<>();

    RejectReplay(Replay replay) {
        this.replay = replay;
        this.plan = replay.plan();
        this.out = replay.out();
    }

    void run(Predicate<StoredReject> where) throws Exception {
        RejectStore store = RejectStore.of(replay.file());
        try (ReplayedRejects replayed = ReplayLock.take(plan, replay.dry());
                RecordSpool spool = new RecordSpool()) {
            OpenRejects open = OpenRejects.of(store, where, replayed.of(store.pipeline()));
            out.println(replay.title(open.all().size() + " open rejects"));
            leaveOutUnread(open);
            gather(store, open, spool);
            if (open.isEmpty()) {
                return;
            }
            ReplayOutput output = new ReplayOutput(
                    plan,
                    position -> !open.at(position).isEmpty(),
                    position -> accepted.addAll(open.at(position)),
                    reject -> open.at(reject.position()).forEach(stored -> again.put(stored, reject)));
            LocalSummary summary = replay.run(spool.ordered(), true, output);
            accepted.removeAll(again.keySet());
            tell(open, output, summary);
            if (!replay.dry()) {
                mark(replayed, open);
            }
        }
    }

    /** What no input reads any more, and what would end in the state of the live job, which is not here. */
    private void leaveOutUnread(OpenRejects open) {
        Map<String, Set<StoredReject>> unread = new TreeMap<>();
        for (StoredReject stored : open.all()) {
            String stream = stored.reject().position().stream();
            Plan.Input input = Inputs.of(plan, stream).orElse(null);
            String why = null;
            if (input == null) {
                why = "no input of the pipeline reads the stream " + stream;
            } else if (input.joined() && input.flow().sinks().isEmpty()) {
                why = "what the input " + input.name()
                        + " reads ends in the state of the job that runs, and nowhere else";
            }
            if (why != null) {
                unread.computeIfAbsent(why, reason -> new LinkedHashSet<>()).add(stored);
            }
        }
        unread.forEach((why, rejects) -> leaveOut(open, why, rejects));
    }

    private void leaveOut(OpenRejects open, String why, Set<StoredReject> rejects) {
        if (rejects.isEmpty()) {
            return;
        }
        List<String> ids =
                rejects.stream().limit(EXAMPLES).map(StoredReject::id).toList();
        out.println("not run         " + rejects.size() + ": " + why + " (" + String.join(", ", ids)
                + (rejects.size() > ids.size() ? ", ..." : "") + ")");
        open.remove(rejects);
    }

    private void gather(RejectStore store, OpenRejects open, RecordSpool spool) throws IOException {
        Set<StoredReject> ofSinks = open.ofSinks();
        Set<StoredReject> missing = new LinkedHashSet<>(ofSinks);
        if (plan.accounts().raw() != null) {
            RawLake raw = replay.raw();
            for (Map.Entry<Day, List<StoredReject>> day : byDay(ofSinks).entrySet()) {
                Instant first = day.getValue().stream()
                        .map(StoredReject::time)
                        .min(Instant::compareTo)
                        .orElseThrow();
                Instant last = day.getValue().stream()
                        .map(StoredReject::time)
                        .max(Instant::compareTo)
                        .orElseThrow();
                String input =
                        Inputs.of(plan, day.getKey().stream()).orElseThrow().name();
                raw.forEach(day.getKey().stream(), first, last.plusMillis(1), record -> {
                    if (missing.removeIf(
                            stored -> stored.reject().position().at(0).equals(record.position()))) {
                        spool.add(input, record);
                    }
                });
            }
        }
        // What a step refused of the same record has that record itself.
        missing.removeIf(stored -> !stored.isOfSink());
        leaveOut(open, "a sink refused them, and the raw lake does not have their records", missing);
        if (open.isEmpty()) {
            return;
        }
        open.forEachRecord(
                store,
                record -> spool.add(
                        Inputs.of(plan, record.position().stream())
                                .orElseThrow()
                                .name(),
                        record));
        replay.history(spool, open.from(), open.to(), open::isOf);
    }

    private record Day(String stream, long day) {}

    private static Map<Day, List<StoredReject>> byDay(Set<StoredReject> rejects) {
        Map<Day, List<StoredReject>> days = new LinkedHashMap<>();
        for (StoredReject stored : rejects) {
            Day day = new Day(
                    stored.reject().position().stream(),
                    Math.floorDiv(stored.time().toEpochMilli(), 86_400_000L));
            days.computeIfAbsent(day, any -> new ArrayList<>()).add(stored);
        }
        return days;
    }

    private void tell(OpenRejects open, ReplayOutput output, LocalSummary summary) {
        replay.tell(output, accepted.size(), again.size());
        long dropped = (long) open.all().size() - accepted.size() - again.size();
        out.println("kept back       " + dropped + (replay.history() == null && dropped > 0 ? why(summary) : ""));
        if (!replay.dry()) {
            again.forEach((stored, reject) -> out.println("stays open      " + stored.id() + ": "
                    + RejectText.oneLine(
                            reject.cause().reason() + ": " + reject.cause().message(), null)));
        }
    }

    private static String why(LocalSummary summary) {
        StringBuilder why = new StringBuilder();
        for (Fate fate : List.of(Fate.FILTERED, Fate.DUPLICATE, Fate.LATE, Fate.ABSORBED)) {
            if (summary.count(fate) > 0) {
                why.append(why.isEmpty() ? ": " : ", ")
                        .append(summary.count(fate))
                        .append(' ')
                        .append(fate.name().toLowerCase(Locale.ROOT));
            }
        }
        return why.toString();
    }

    /** All that has not been rejected again. */
    private void mark(ReplayedRejects replayed, OpenRejects open) throws Exception {
        Instant now = Instant.now();
        String version = plan.version().toString();
        List<RejectKey> landed = new ArrayList<>();
        List<RejectKey> dropped = new ArrayList<>();
        for (StoredReject stored : open.all()) {
            if (!again.containsKey(stored)) {
                (accepted.contains(stored) ? landed : dropped).add(stored.key());
            }
        }
        replayed.mark(plan.version().name(), landed, new Mark(now, version, "OUT"));
        replayed.mark(plan.version().name(), dropped, new Mark(now, version, "DROPPED"));
        out.println("marked          " + (landed.size() + dropped.size()));
    }
}
