package io.datamill.step.decide;

import io.datamill.config.ListOrReference;
import io.datamill.config.Reference;
import io.datamill.step.Planning;
import io.datamill.step.SwappableStep.Watch;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Serving;
import io.datamill.step.decide.Decider.Checked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules as a step's options have them: in the short form, written out, or the directory of a rule set. */
record RuleOptions(String quarantine, Map<String, String> labels, String label, ListOrReference<Rule> rules) {

    boolean isBrief() {
        return quarantine != null || !labels.isEmpty() || label != null;
    }

    /** Whether they stand in a file of their own. */
    boolean isRuleSet() {
        return rules != null && rules.reference() != null;
    }

    /** The rules that stand in the pipeline, checked; null where a problem was reported. */
    Decider plan(Planning planning) {
        List<Optional<Checked>> checked = rules == null ? brief(planning) : written(rules.list(), planning);
        List<Checked> right = checked.stream().flatMap(Optional::stream).toList();
        return right.size() == checked.size() ? new Decider(null, right) : null;
    }

    /** What the directory of rule sets serves; null where a problem was reported. */
    Release release(Planning planning) {
        try {
            ArtifactDirectory directory =
                    new ArtifactDirectory(rules.reference().resolve());
            Release release = RuleSetKind.release(directory, watch());
            Serving.of(release, null, files -> RuleSetKind.decider(files, planning.input()));
            return release;
        } catch (Reference.UnresolvedReferenceException e) {
            planning.problem("rules", e.getMessage());
        } catch (InvalidArtifactException e) {
            e.problems().forEach(problem -> planning.problem("rules", problem));
        } catch (IOException | IllegalArgumentException e) {
            planning.problem("rules", "the directory cannot be read: " + e.getMessage());
        }
        return null;
    }

    /** The directory, as a step follows it. */
    Watch watch() {
        return new Watch(rules.reference(), RuleSetKind.RULES);
    }

    /** Whether the directory has a pointer; of one that cannot be read it is told when it is read. */
    boolean isFollowed() {
        try {
            return new ArtifactDirectory(rules.reference().resolve()).hasPointer();
        } catch (IOException | IllegalArgumentException | Reference.UnresolvedReferenceException e) {
            return false;
        }
    }

    private static List<Optional<Checked>> written(List<Rule> rules, Planning planning) {
        RuleSet.check(
                rules,
                (mistake, place) -> planning.problem(place < 0 ? "rules" : "rules[" + place + "].name", mistake));
        List<Optional<Checked>> checked = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            String when = "rules[" + i + "].when";
            checked.add(Checked.of(rules.get(i), planning.input(), issue -> planning.problem(when, issue)));
        }
        return checked;
    }

    private List<Optional<Checked>> brief(Planning planning) {
        Stream<Optional<Checked>> held = quarantine == null
                ? Stream.empty()
                : Stream.of(option("quarantine", quarantine, Verdict.QUARANTINE, null, planning));
        Stream<Optional<Checked>> labelled = labels.entrySet().stream()
                .map(one -> option("labels." + one.getKey(), one.getValue(), Verdict.LABEL, one.getKey(), planning));
        Stream<Optional<Checked>> last =
                label == null ? Stream.empty() : Stream.of(option("label", label, Verdict.LABEL, "label", planning));
        return Stream.of(held, labelled, last).flatMap(one -> one).toList();
    }

    private static Optional<Checked> option(
            String option, String when, Verdict verdict, String text, Planning planning) {
        Decision decision = new Decision(verdict.word(), text, option);
        return Checked.of(when, decision, planning.input(), issue -> planning.problem(option, issue));
    }
}
