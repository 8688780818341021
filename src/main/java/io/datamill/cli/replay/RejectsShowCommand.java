package io.datamill.cli.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.event.Reject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code datamill rejects show}: all that is known of one. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a reject with its bytes, and what today's adapter reads of them.")
final class RejectsShowCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Mixin
    private RejectOptions options;

    @Parameters(
            index = "1",
            paramLabel = "ID",
            description = "Its id, or the beginning of it, as `rejects list` has it.")
    private String id = "";

    @Option(names = "--json", description = "Print one JSON line.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            RejectStore store = options.store();
            StoredReject stored = whole(store, find(store));
            if (json) {
                out.println(json(store, stored));
            } else {
                page(store, stored, out);
            }
            out.flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private StoredReject find(RejectStore store) throws Exception {
        List<StoredReject> found = new ArrayList<>();
        options.forEach(store, spec.commandLine().getErr(), stored -> {
            if (stored.id().startsWith(id)) {
                found.add(stored);
            }
        });
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    found.isEmpty()
                            ? "no reject has an id that begins with '" + id + "'; datamill rejects list shows them"
                            : found.size() + " rejects have ids that begin with '" + id + "': give more of it");
        }
        return found.get(0);
    }

    private static StoredReject whole(RejectStore store, StoredReject without) throws IOException {
        List<Reject> whole = new ArrayList<>();
        store.forEach(without.time(), without.time().plusMillis(1), true, reject -> {
            if (without.key().equals(new StoredReject(reject, null).key())) {
                whole.add(reject);
            }
        });
        return new StoredReject(whole.get(0), without.mark());
    }

    private static ObjectNode json(RejectStore store, StoredReject stored) {
        ObjectNode json = RejectText.jsonWithPayload(stored);
        if (stored.isOfSink()) {
            return json;
        }
        try {
            ReadToday read = ReadToday.of(store.file(), stored.reject());
            ArrayNode events = json.putArray("read_today");
            for (String event : read.events()) {
                events.add(JSON.readTree(event));
            }
            ArrayNode refusals = json.putArray("refused_today");
            read.refusals().forEach(refusals::add);
        } catch (Exception e) { // Whatever keeps it from being read is told with it.
            json.put("unreadable", e.getMessage());
        }
        return json;
    }

    private static void page(RejectStore store, StoredReject stored, PrintWriter out) {
        Reject reject = stored.reject();
        line("id", stored.id(), out);
        line("reason", reject.cause().reason(), out);
        line("message", reject.cause().message(), out);
        line("step", reject.cause().step(), out);
        line("tenant", reject.tenant().isEmpty() ? "(not known)" : reject.tenant(), out);
        line("event id", reject.id().isEmpty() ? "(not known)" : reject.id(), out);
        line("arrived", stored.time().toString(), out);
        line("position", reject.position().toString(), out);
        line("pipeline", reject.cause().pipeline(), out);
        if (stored.mark() != null) {
            line(
                    "replayed",
                    stored.mark().at() + " by " + stored.mark().pipeline() + ": "
                            + stored.mark().fate(),
                    out);
        }
        String what = stored.isOfSink() ? "what the store was given" : "the raw record";
        out.printf("%n%s, %d bytes:%n", what, reject.payload().length);
        out.print(Payload.text(reject.payload()));
        if (stored.isOfSink()) {
            return;
        }
        try {
            ReadToday read = ReadToday.of(store.file(), reject);
            read.events().forEach(event -> out.printf("%ntoday's adapter reads:%n%s", Payload.text(bytes(event))));
            read.refusals()
                    .forEach(why -> out.printf("%ntoday's adapter refuses it: %s%n", RejectText.oneLine(why, null)));
        } catch (Exception e) { // Whatever keeps it from being read is told instead.
            out.printf(
                    "%ntoday's adapter cannot be asked: %s%n",
                    RejectText.oneLine(String.valueOf(e.getMessage()), null));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void line(String name, String value, PrintWriter out) {
        out.printf("%-9s %s%n", name, RejectText.oneLine(value, null));
    }
}
