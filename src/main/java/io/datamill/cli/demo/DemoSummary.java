package io.datamill.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.event.Fate;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.StringJoiner;

/** Tells what came of the mails, from what the stores hold. */
public final class DemoSummary {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The mean of a sender's scores, and the reasons of its least trusted message that speak against it. */
    private static final String LEAST_TRUSTED = """
            SELECT s.tenant, s.from_domain, s.messages, s.trust, m.subject, m.trust_reasons
            FROM (SELECT tenant, from_domain, count(*) AS messages, avg(trust_score) AS trust
                  FROM scored_message WHERE from_domain IS NOT NULL GROUP BY tenant, from_domain
                  ORDER BY trust, messages DESC, from_domain LIMIT 5) s
            CROSS JOIN LATERAL (SELECT subject, trust_reasons FROM scored_message
                  WHERE tenant = s.tenant AND from_domain = s.from_domain ORDER BY trust_score LIMIT 1) m
            ORDER BY s.trust, s.messages DESC, s.from_domain""";

    private static final String VERDICTS = """
            SELECT tenant, count(*) FILTER (WHERE verdict = 'quarantine'), count(*) FILTER (WHERE verdict = 'label'),
                   count(*) FILTER (WHERE verdict = 'pass')
            FROM scored_message GROUP BY tenant ORDER BY tenant""";

    private final PrintStream out;
    private final String postgresUrl;

    DemoSummary(PrintStream out, String postgresUrl) {
        this.out = out;
        this.postgresUrl = postgresUrl;
    }

    void print(StoreCounts counts) throws SQLException, JsonProcessingException {
        out.printf(
                "%n%,d records in: %,d accepted, %,d duplicate, %,d filtered, %,d rejected%n",
                counts.in(),
                counts.fate(Fate.OUT),
                counts.fate(Fate.DUPLICATE),
                counts.fate(Fate.FILTERED),
                counts.fate(Fate.REJECTED));
        out.printf(
                "landed: %,d rows in Postgres, %,d documents in Elasticsearch, %,d rows in S3; %,d rejects in S3%n",
                counts.postgres(), counts.elasticsearch(), counts.s3(), counts.rejects());
        out.println(
                counts.reconciles()
                        ? "every record is accounted for, once, in every store"
                        : "THE STORES DO NOT RECONCILE");
        try (Connection connection = DriverManager.getConnection(postgresUrl);
                Statement statement = connection.createStatement()) {
            verdicts(statement);
            leastTrusted(statement);
        }
    }

    private void verdicts(Statement statement) throws SQLException {
        out.printf("%n%-12s %10s %10s %10s%n", "tenant", "quarantine", "label", "pass");
        try (ResultSet rows = statement.executeQuery(VERDICTS)) {
            while (rows.next()) {
                out.printf(
                        "%-12s %,10d %,10d %,10d%n",
                        rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
            }
        }
    }

    private void leastTrusted(Statement statement) throws SQLException, JsonProcessingException {
        out.printf("%nThe five least trusted senders (mean score, 1 is trustworthy) and what speaks against them:%n");
        try (ResultSet rows = statement.executeQuery(LEAST_TRUSTED)) {
            while (rows.next()) {
                out.printf(
                        Locale.ROOT,
                        "  %.4f  %-34s %-8s %d mail(s), such as \"%s\"%n          %s%n",
                        rows.getDouble(4),
                        rows.getString(2),
                        rows.getString(1),
                        rows.getLong(3),
                        printable(rows.getString(5)),
                        reasons(rows.getString(6)));
            }
        }
    }

    private static String reasons(String json) throws JsonProcessingException {
        StringJoiner reasons = new StringJoiner(", ");
        JSON.readTree(json).forEach(reason -> {
            double contribution = reason.path("contribution").asDouble();
            if (contribution < 0) {
                reasons.add(String.format(
                        Locale.ROOT, "%s %+.2f", reason.path("feature").asText(), contribution));
            }
        });
        return reasons.toString();
    }

    /** A subject is what a stranger wrote: no control characters on the terminal. */
    private static String printable(String subject) {
        String text = subject == null ? "" : subject.replaceAll("\\p{Cntrl}", "?");
        return text.length() > 60 ? text.substring(0, 57) + "..." : text;
    }

    /** The one JSON object that a script reads. */
    static String json(StoreCounts counts) throws JsonProcessingException {
        ObjectNode json = JSON.createObjectNode();
        json.put("in", counts.in());
        json.put("accepted", counts.fate(Fate.OUT));
        json.put("duplicate", counts.fate(Fate.DUPLICATE));
        json.put("filtered", counts.fate(Fate.FILTERED));
        json.put("rejected", counts.fate(Fate.REJECTED));
        json.put("postgres", counts.postgres());
        json.put("elasticsearch", counts.elasticsearch());
        json.put("s3", counts.s3());
        ObjectNode verdicts = json.putObject("verdicts");
        counts.verdicts().forEach(verdicts::put);
        return JSON.writeValueAsString(json);
    }
}
