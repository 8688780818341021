package io.datamill.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.event.Fate;
import io.datamill.source.LakeFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Counts what the stores hold, by asking them: it knows nothing of the job.
 *
 * @param lake the directory above {@code scored} and {@code rejects}
 */
public record Stores(KinesisClient kinesis, String stream, String postgresUrl, URI elasticsearch, String lake) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param in {@link #records}, which takes a while to count and does not change once all is sent */
    public StoreCounts count(long in) throws IOException, SQLException, InterruptedException {
        Map<Fate, Long> ledger = new EnumMap<>(Fate.class);
        Map<String, Long> verdicts = new LinkedHashMap<>();
        long postgres = 0;
        try (Connection connection = DriverManager.getConnection(postgresUrl);
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT fate, sum(count) FROM ledger WHERE pipeline = 'email-trust' GROUP BY fate")) {
                while (rows.next()) {
                    ledger.put(Fate.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
            for (String verdict : new String[] {"quarantine", "label", "pass"}) {
                verdicts.put(verdict, 0L);
            }
            try (ResultSet rows =
                    statement.executeQuery("SELECT verdict, count(*) FROM scored_message GROUP BY verdict")) {
                while (rows.next()) {
                    verdicts.put(rows.getString(1), rows.getLong(2));
                    postgres += rows.getLong(2);
                }
            }
        }
        return new StoreCounts(
                in,
                ledger,
                postgres,
                documents("scored-message"),
                new LakeFiles(lake + "/scored").rows(),
                new LakeFiles(lake + "/rejects").rows(),
                verdicts);
    }

    /** Rows of Postgres: cheap enough to show progress with. */
    public long landed() throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgresUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM scored_message")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Records on the stream's shards, closed ones too. */
    public long records() {
        long records = 0;
        for (Shard shard : kinesis.listShards(r -> r.streamName(stream)).shards()) {
            String iterator = kinesis.getShardIterator(r -> r.streamName(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            while (iterator != null) {
                String from = iterator;
                GetRecordsResponse response = kinesis.getRecords(r -> r.shardIterator(from));
                records += response.records().size();
                boolean end = response.records().isEmpty() && response.millisBehindLatest() == 0;
                iterator = end ? null : response.nextShardIterator();
            }
        }
        return records;
    }

    private long documents(String index) throws IOException, InterruptedException {
        send("POST", "/" + index + "/_refresh");
        JsonNode answer = JSON.readTree(send("GET", "/" + index + "/_count"));
        return answer.path("count").asLong(-1);
    }

    private String send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(elasticsearch.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
