package io.datamill.step.decide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a rule set as people write it, strictly. */
final class RuleFile {
    private static final String FORMAT = "1";
    private static final List<String> KEYS = List.of("format", "name", "rules");
    private static final List<String> RULE_KEYS = List.of("name", "when", "verdict", "label");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final RuleYaml yaml;

    /** @param where the file, for messages */
    RuleFile(String where) {
        this.yaml = new RuleYaml(where);
    }

    /** @throws InvalidRuleSetException with every mistake */
    RuleSet read(byte[] bytes, String version) throws InvalidRuleSetException {
        RuleSet read = null;
        if (bytes.length > RuleSet.MAX_BYTES) {
            yaml.wrong(Optional.empty(), "more than " + RuleSet.MAX_BYTES + " bytes");
        } else {
            Node root = yaml.root(bytes);
            read = root == null ? null : ruleSet(root, version);
        }
        if (!yaml.mistakes().isEmpty()) {
            throw new InvalidRuleSetException(yaml.mistakes(), null);
        }
        return read;
    }

    private RuleSet ruleSet(Node root, String version) {
        Map<String, Node> keys = yaml.mapping(root, "", KEYS);
        String format = yaml.text(keys, "format", "");
        if (!FORMAT.equals(format)) {
            yaml.wrong(mark(keys, "format", root), "format: expected " + FORMAT + read(format));
        }
        String name = yaml.text(keys, "name", "");
        if (name == null || !NAME.matcher(name).matches()) {
            yaml.wrong(
                    mark(keys, "name", root),
                    "name: expected up to 100 letters, digits and . _ -, beginning with a letter or a digit"
                            + read(name));
        }
        List<Rule> rules = List.of();
        if (keys.get("rules") instanceof SequenceNode list) {
            rules = rules(list);
        } else {
            yaml.wrong(mark(keys, "rules", root), "rules: expected a list of rules");
        }
        return yaml.mistakes().isEmpty() ? new RuleSet(name, version, rules) : null;
    }

    private List<Rule> rules(SequenceNode list) {
        List<Node> nodes = list.getValue();
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            rule(nodes.get(i), "rules[" + i + "]").ifPresent(rules::add);
        }
        if (rules.size() == nodes.size()) { // Else the places of those that are left would be others.
            RuleSet.check(rules, (mistake, place) -> {
                Node node = place < 0 ? list : nodes.get(place);
                yaml.wrong(node.getStartMark(), (place < 0 ? "rules: " : "rules[" + place + "].name: ") + mistake);
            });
        }
        return rules;
    }

    private Optional<Rule> rule(Node node, String at) {
        int before = yaml.mistakes().size();
        Map<String, Node> keys = yaml.mapping(node, at, RULE_KEYS);
        String name = yaml.text(keys, "name", at);
        String when = yaml.text(keys, "when", at);
        Verdict verdict = verdict(keys, at);
        String label = yaml.text(keys, "label", at);
        if (yaml.mistakes().size() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Rule(name, when, verdict, label));
        } catch (IllegalArgumentException e) {
            yaml.wrong(node.getStartMark(), at + "." + e.getMessage());
            return Optional.empty();
        }
    }

    private Verdict verdict(Map<String, Node> keys, String at) {
        String word = yaml.text(keys, "verdict", at);
        if (word == null) {
            return null;
        }
        Optional<Verdict> verdict = Arrays.stream(Verdict.values())
                .filter(one -> one.word().equals(word))
                .findFirst();
        if (verdict.isEmpty()) {
            yaml.wrong(
                    keys.get("verdict").getStartMark(),
                    at + ".verdict: expected quarantine, label or pass" + read(word));
        }
        return verdict.orElse(null);
    }

    private static Optional<Mark> mark(Map<String, Node> keys, String key, Node otherwise) {
        return keys.getOrDefault(key, otherwise).getStartMark();
    }

    private static String read(String text) {
        return text == null ? "" : ", but read '" + text + "'";
    }
}
