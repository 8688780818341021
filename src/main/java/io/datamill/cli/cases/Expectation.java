package io.datamill.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.cli.local.LocalSummary;
import io.datamill.event.Fate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds what came out of a case against what it expects. */
final class Expectation {
    private final Case one;
    private final List<String> differences = new ArrayList<>();

    private Expectation(Case one) {
        this.one = one;
    }

    /** One line for each difference; none: the case holds. */
    static List<String> differences(Case one, Outcome outcome, LocalSummary summary) {
        Expectation expectation = new Expectation(one);
        expectation.output(outcome);
        expectation.rejects(outcome);
        one.summary().forEach((fate, count) -> expectation.summary(fate, count, summary));
        return expectation.differences;
    }

    private void output(Outcome outcome) {
        if (one.output() == null && one.reject() == null) {
            return;
        }
        List<JsonNode> expected = one.output() == null ? List.of() : YamlJson.list(one.output());
        differences.addAll(
                Matching.differences(expected, outcome.events(), Boolean.TRUE.equals(one.exact()), one.ordered(), "output"));
    }

    private void rejects(Outcome outcome) {
        if (one.reject() == null && one.rejects() == null && one.output() == null) {
            return;
        }
        List<JsonNode> expected = new ArrayList<>();
        if (one.reject() != null) {
            expected.add(JsonNodeFactory.instance.objectNode().put("reason", one.reject()));
        } else if (one.rejects() != null) {
            expected.addAll(YamlJson.list(one.rejects()));
        }
        List<JsonNode> actual = outcome.rejects().stream()
                .map(reject -> named(reject, expected))
                .toList();
        differences.addAll(Matching.differences(expected, actual, false, false, "rejects"));
    }

    /** Of the message a part is enough: where it holds an expected part, it is shown as that. */
    private static JsonNode named(JsonNode reject, List<JsonNode> expected) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("step", "reason", "message", "tenant", "event_id", "payload")) {
            if (reject.has(name)) {
                shown.set(name, reject.get(name));
            }
        }
        String message = reject.path("message").asText();
        expected.stream()
                .map(one -> one.path("message").asText(""))
                .filter(part -> !part.isEmpty() && message.contains(part))
                .findFirst()
                .ifPresent(part -> shown.put("message", part));
        return shown;
    }

    private void summary(String name, Long expected, LocalSummary summary) {
        Map<String, Fate> fates = Arrays.stream(Fate.values())
                .collect(Collectors.toMap(fate -> fate.name().toLowerCase(Locale.ROOT), fate -> fate));
        if (!fates.containsKey(name)) {
            differences.add("summary." + name + ": no such count; there is " + String.join(", ", fates.keySet()));
        } else if (summary.count(fates.get(name)) != expected) {
            differences.add(
                    "summary." + name + ": expected " + expected + ", but was " + summary.count(fates.get(name)));
        }
    }
}
