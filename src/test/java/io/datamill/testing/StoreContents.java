package io.datamill.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.source.LakeFiles;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/** Reads every row of every store, repeats too. */
public record StoreContents(String postgresUrl, URI elasticsearch, String lake) {

    public List<Stored> rows() throws SQLException {
        List<Stored> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(postgresUrl);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT tenant, event_id, version, seen_1h, seen_1d,"
                        + " (extract(epoch FROM first_seen) * 1000)::bigint, trust_model FROM scored_message")) {
            while (found.next()) {
                rows.add(new Stored(
                        found.getString(1),
                        found.getString(2),
                        found.getLong(3),
                        found.getLong(4),
                        found.getLong(5),
                        found.getLong(6),
                        found.getString(7)));
            }
        }
        return rows;
    }

    /** The events whose verdict is another than pass, as Postgres has them. */
    public Set<String> suspects() throws SQLException {
        Set<String> keys = new HashSet<>();
        try (Connection connection = DriverManager.getConnection(postgresUrl);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT tenant || '|' || event_id FROM scored_message WHERE verdict <> 'pass'")) {
            while (found.next()) {
                keys.add(found.getString(1));
            }
        }
        return keys;
    }

    /** The verdicts on mails whose sender was known for bad ones when they came. */
    public List<String> knownBad() throws IOException, InterruptedException {
        List<String> verdicts = new ArrayList<>();
        for (JsonNode hit : new Search(elasticsearch).hits("scored-message")) {
            if (hit.path("_source").path("bad_90d").asLong() > 0) {
                verdicts.add(hit.path("_source").path("verdict").asText());
            }
        }
        return verdicts;
    }

    public List<Stored> documents() throws IOException, InterruptedException {
        List<Stored> documents = new ArrayList<>();
        for (JsonNode hit : new Search(elasticsearch).hits("scored-message")) {
            JsonNode document = hit.path("_source");
            documents.add(new Stored(
                    document.path("lineage").path("tenant").asText(),
                    document.path("lineage").path("event_id").asText(),
                    hit.path("_version").asLong(),
                    document.path("seen_1h").asLong(),
                    document.path("seen_1d").asLong(),
                    Instant.parse(document.path("first_seen").asText()).toEpochMilli(),
                    document.path("trust").path("model").asText()));
        }
        return documents;
    }

    public List<Stored> files() throws IOException {
        List<Stored> rows = new ArrayList<>();
        new LakeFiles(lake + "/scored").forEach(row -> {
            GenericRecord lineage = (GenericRecord) row.get("lineage");
            rows.add(new Stored(
                    lineage.get("tenant").toString(),
                    lineage.get("event_id").toString(),
                    (long) lineage.get("version"),
                    (long) row.get("seen_1h"),
                    (long) row.get("seen_1d"),
                    (long) row.get("first_seen"),
                    ((GenericRecord) row.get("trust")).get("model").toString()));
        });
        return rows;
    }

    /** How often each reason stands in the lake's rejects. */
    public Map<String, Long> rejectsOfLake() throws IOException {
        Map<String, Long> reasons = new TreeMap<>();
        new LakeFiles(lake + "/rejects")
                .forEach(row -> reasons.merge(row.get("reason").toString(), 1L, Long::sum));
        return reasons;
    }

    /** How often each reason stands in the index of rejects. */
    public Map<String, Long> rejectsOfElasticsearch() throws IOException, InterruptedException {
        Map<String, Long> reasons = new TreeMap<>();
        for (JsonNode hit : new Search(elasticsearch).hits("rejects")) {
            reasons.merge(hit.path("_source").path("reason").asText(), 1L, Long::sum);
        }
        return reasons;
    }
}
