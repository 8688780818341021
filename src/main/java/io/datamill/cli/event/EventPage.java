package io.datamill.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.cli.event.ScoreTold.FeatureTold;
import io.datamill.cli.release.TextTable;
import io.datamill.step.decide.Decider;
import java.util.Locale;
import java.util.Map;

/** One event's way as a page for a terminal. */
public final class EventPage {
    private final StringBuilder text = new StringBuilder();

    private EventPage() {}

    public static String of(EventTold event) {
        EventPage page = new EventPage();
        page.line("event " + event.id() + (event.tenant().isEmpty() ? "" : " of tenant " + event.tenant()));
        page.members(event.lineage());
        JsonNode by = event.lineage().path("pipeline");
        if (by.isTextual() && !by.asText().equals(event.pipeline())) {
            page.line("  the pipeline has changed since: it is " + event.pipeline() + " now");
        }
        page.section("fields that the model reads", event.fields());
        page.section("profile values", event.profile());
        event.scores().forEach(page::score);
        if (event.decision() != null) {
            page.decision(event.decision());
        }
        return page.text.toString();
    }

    private void section(String head, ObjectNode members) {
        if (!members.isEmpty()) {
            line("");
            line(head);
            members(members);
        }
    }

    private void members(ObjectNode members) {
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            JsonNode value = member.getValue();
            line("  " + member.getKey() + ": " + (value.isTextual() ? value.asText() : value.toString()));
        }
    }

    private void score(ScoreTold score) {
        line("");
        line("score " + score.field() + ": " + score.recorded() + " by " + score.model());
        if (score.again() == null) {
            line("  not computed again: " + score.problem());
        } else if (Double.compare(score.again().score(), score.recorded()) == 0) {
            line("  computed again by the same version: the same number");
        } else {
            line("  computed again by the same version: " + score.again().score()
                    + ", which differs: a field that the model" + " reads was changed behind it, or the record was");
        }
        if (score.again() != null && score.again().bias() != null) {
            features(score.again());
        } else if (score.again() != null) {
            line("  the model gives no reasons");
        }
        score.shadow().forEach(shadow -> line("  in the shadow: " + shadow.score() + " by " + shadow.model()));
    }

    private void features(ScoreTold.Again score) {
        boolean shap = score.features().stream().anyMatch(feature -> feature.shap() != null);
        TextTable table = shap
                ? new TextTable("FEATURE", "VALUE", "CONTRIBUTION", "SHAPLEY VALUE")
                : new TextTable("FEATURE", "VALUE", "CONTRIBUTION");
        String bias = figure(score.bias());
        row(table, shap, new String[] {"(on average)", "", bias, bias});
        for (FeatureTold feature : score.features()) {
            row(table, shap, new String[] {
                feature.feature(),
                Double.toString(feature.value()),
                figure(feature.contribution()),
                feature.shap() == null ? "" : figure(feature.shap())
            });
        }
        String sum = figure(score.logOdds());
        row(table, shap, new String[] {"log-odds", "", sum, sum});
        text.append(table.toString().indent(2));
    }

    private static void row(TextTable table, boolean shap, String[] cells) {
        table.row(shap ? cells : new String[] {cells[0], cells[1], cells[2]});
    }

    private void decision(DecisionTold decision) {
        line("");
        String label = decision.label() == null ? "" : " '" + decision.label() + "'";
        String by = decision.rule() == null ? ", by no rule" : ", by " + decision.rule();
        line("verdict " + decision.verdict() + label + by
                + (decision.rules() == null ? "" : " of " + decision.rules())
                + (Boolean.TRUE.equals(decision.monitored()) ? "; monitored: nobody acts on it" : ""));
        if (decision.listEntry() != null) {
            line("  found on the list: " + decision.listEntry() + "; no rule was asked");
        }
        if (decision.problem() != null) {
            line("  the rules cannot be asked again: " + decision.problem());
        }
        for (Decider.Answer answer : decision.answers()) {
            line("  " + answer.rule() + " (" + answer.verdict() + "): " + answer.when() + ": "
                    + (answer.says() == null ? "not asked" : answer.says()));
        }
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%+.6f", value);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
