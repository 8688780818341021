package io.datamill.cli.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.cli.release.TextTable;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code datamill rejects count}: how many there are of each kind. */
@Command(name = "count", mixinStandardHelpOptions = true, description = "Counts rejects, the most first.")
final class RejectsCountCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Mixin
    private RejectOptions options;

    @Option(
            names = "--by",
            split = ",",
            paramLabel = "WHAT",
            description = "What to count by: reason, step, tenant, hour of arrival. Default: reason,step.")
    private List<By> by = List.of(By.REASON, By.STEP);

    @Option(names = "--limit", paramLabel = "COUNT", description = "So many kinds at the most. Default: all.")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    /** What rejects are counted by. */
    enum By {
        REASON(stored -> stored.reject().cause().reason()),
        STEP(stored -> stored.reject().cause().step()),
        TENANT(stored -> stored.reject().tenant()),
        HOUR(stored -> stored.time().truncatedTo(ChronoUnit.HOURS).toString());

        @SuppressWarnings("ImmutableEnumChecker") // None of the functions keeps anything.
        private final Function<StoredReject, String> of;

        By(Function<StoredReject, String> of) {
            this.of = of;
        }

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Kind(List<String> values, long count) {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Map<List<String>, Long> counts = new HashMap<>();
            options.forEach(
                    options.store(),
                    spec.commandLine().getErr(),
                    stored -> counts.merge(
                            by.stream().map(one -> one.of.apply(stored)).toList(), 1L, Long::sum));
            List<Kind> kinds = new ArrayList<>();
            counts.forEach((values, count) -> kinds.add(new Kind(values, count)));
            kinds.sort(Comparator.comparingLong(Kind::count)
                    .reversed()
                    .thenComparing(kind -> kind.values().toString()));
            print(kinds.subList(0, Math.min(Math.max(limit, 0), kinds.size())), out);
            out.flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(List<Kind> kinds, PrintWriter out) {
        List<String> head = new ArrayList<>(List.of("count"));
        by.forEach(one -> head.add(one.title()));
        TextTable table = new TextTable(head.toArray(String[]::new));
        for (Kind kind : kinds) {
            List<String> cells = new ArrayList<>(List.of(Long.toString(kind.count())));
            kind.values().forEach(value -> cells.add(RejectText.oneLine(value, null)));
            table.row(cells.toArray(String[]::new));
            if (json) {
                ObjectNode line = JSON.createObjectNode();
                for (int i = 0; i < by.size(); i++) {
                    line.put(by.get(i).title(), kind.values().get(i));
                }
                out.println(line.put("count", kind.count()));
            }
        }
        if (!json) {
            out.print(kinds.isEmpty() ? "no rejects\n" : table.toString());
        }
    }
}
