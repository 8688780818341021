package io.datamill.cli.replay;

import io.datamill.cli.release.TextTable;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code datamill rejects list}: one line each, the newest first. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists rejects, the newest first; the id is what `rejects show` takes.")
final class RejectsListCommand implements Callable<Integer> {
    private static final int MESSAGE = 80;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RejectOptions options;

    @Option(names = "--limit", paramLabel = "COUNT", description = "So many at the most. Default: 50.")
    private int limit = 50;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (limit < 1) {
                throw new IllegalArgumentException("--limit expected at least 1, but read '" + limit + "'");
            }
            PriorityQueue<StoredReject> newest = new PriorityQueue<>(StoredReject.NEWEST_FIRST.reversed());
            long[] all = new long[1];
            options.forEach(options.store(), spec.commandLine().getErr(), stored -> {
                all[0]++;
                newest.add(stored);
                if (newest.size() > limit) {
                    newest.poll();
                }
            });
            List<StoredReject> listed = new ArrayList<>(newest);
            listed.sort(StoredReject.NEWEST_FIRST);
            print(listed, all[0], out);
            out.flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(List<StoredReject> listed, long all, PrintWriter out) {
        if (json) {
            listed.forEach(stored -> out.println(RejectText.json(stored)));
            return;
        }
        if (listed.isEmpty()) {
            out.println("no rejects");
            return;
        }
        TextTable table = new TextTable("id", "arrived", "tenant", "step", "reason", "replayed", "message");
        for (StoredReject stored : listed) {
            table.row(
                    stored.id(),
                    stored.time().truncatedTo(ChronoUnit.SECONDS).toString(),
                    RejectText.oneLine(stored.reject().tenant(), MESSAGE),
                    stored.reject().cause().step(),
                    stored.reject().cause().reason(),
                    stored.mark() == null
                            ? ""
                            : stored.mark().at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    RejectText.oneLine(stored.reject().cause().message(), MESSAGE));
        }
        out.print(table);
        if (all > listed.size()) {
            out.println("and " + (all - listed.size()) + " older ones: give --limit");
        }
    }
}
