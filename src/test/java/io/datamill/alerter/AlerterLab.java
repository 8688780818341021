package io.datamill.alerter;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.datamill.alerter.config.AlerterConfig;
import io.datamill.lab.Lab;
import io.datamill.pipeline.YamlConfig;
import io.datamill.sink.migration.PostgresMigrations;
import io.datamill.testing.Sql;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** A stream, a database, a receiver of posts and a mail server for one test. */
final class AlerterLab implements AutoCloseable {
    private static int number;

    final Receiver receiver = new Receiver();
    final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    final Sql sql;
    final KinesisClient kinesis;
    final String stream;
    final List<String> journal = new CopyOnWriteArrayList<>();
    final MovedClock clock = new MovedClock();

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private String yaml;

    AlerterLab(Lab lab, Path directory, int shards) throws Exception {
        this.directory = directory;
        number++;
        stream = "verdicts-" + number;
        lab.createStream(stream, shards);
        kinesis = lab.kinesis();
        new Sql(lab.postgresUrl()).execute("CREATE DATABASE alerter_" + number);
        sql = new Sql(lab.postgresUrl().replaceFirst("/postgres\\?", "/alerter_" + number + "?"));
        PostgresMigrations.apply(sql.url());
        mail.start();
        System.setProperty("aws.accessKeyId", Lab.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", Lab.SECRET_KEY);
        System.setProperty("HOOK_SECRET", "0123456789abcdef");
        System.setProperty("SLACK_URL", receiver.url("/slack"));
        System.setProperty("PG_URL", sql.url());
        yaml = String.format(
                """
                alerter: test
                source: { stream: %s, region: us-east-1, endpoint: "%s", start: trim-horizon }
                state: { url: "${env:PG_URL}" }
                group: { by: [from_domain], delay: 30s, window: 10m }
                limit: { alerts: 20, per: 1h }
                actions:
                  - name: hook
                    webhook: { url: "%s", secret: "${env:HOOK_SECRET}", timeout: 5s }
                    retry: { first: 100ms, most: 1s, give-up: 1d }
                  - name: chat
                    slack: { url: "${env:SLACK_URL}" }
                  - name: mail
                    when: { verdict: [quarantine] }
                    email: { host: 127.0.0.1, port: %d, tls: none, from: datamill@example.org, to: [soc@example.org] }
                """,
                stream,
                lab.kinesisEndpoint(),
                receiver.url("/hook"),
                mail.getSmtp().getPort());
    }

    /** Changes the alerter's file. */
    AlerterLab with(String written, String instead) {
        if (!yaml.contains(written)) {
            throw new AssertionError("not in the file: " + written);
        }
        yaml = yaml.replace(written, instead);
        return this;
    }

    Alerter alerter() throws Exception {
        return Alerter.open(YamlConfig.read(yaml, AlerterConfig.class), new Journal(journal::add, clock), clock);
    }

    /** As a new process would: nothing is kept but what the database has. */
    void once() throws Exception {
        try (Alerter alerter = alerter()) {
            if (!alerter.once()) {
                throw new AssertionError("another is at work");
            }
        }
    }

    /** The command in a process of its own; what it prints is in a file. */
    Process start(String name) throws IOException {
        Path file = Files.writeString(directory.resolve("alerter.yaml"), yaml);
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        for (String property :
                List.of("aws.accessKeyId", "aws.secretAccessKey", "HOOK_SECRET", "SLACK_URL", "PG_URL")) {
            command.add("-D" + property + '=' + System.getProperty(property));
        }
        command.addAll(List.of("io.datamill.cli.Datamill", "alerter", file.toString()));
        File out = directory.resolve(name).toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out)
                .start();
        processes.add(process);
        return process;
    }

    String printed(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    static String event(String tenant, String id, String domain) {
        return event(tenant, id, domain, "\"quarantine\"");
    }

    static String event(String tenant, String id, String domain, String verdict) {
        return String.format(
                "{\"tenant\":\"%s\",\"event_id\":\"%s\",\"event_time\":\"2026-01-31T12:00:00Z\",\"version\":1,"
                        + "\"verdict\":%s,\"rule\":\"score\",\"fields\":{\"from_domain\":\"%s\",\"subject\":\"s\"}}",
                tenant, id, verdict, domain);
    }

    void put(List<String> messages) {
        for (int from = 0; from < messages.size(); from += 100) {
            List<PutRecordsRequestEntry> entries =
                    messages.subList(from, Math.min(from + 100, messages.size())).stream()
                            .map(message -> PutRecordsRequestEntry.builder()
                                    .partitionKey(message)
                                    .data(SdkBytes.fromString(message, StandardCharsets.UTF_8))
                                    .build())
                            .map(entry -> entry.partitionKey().length() > 256
                                    ? entry.toBuilder()
                                            .partitionKey(entry.partitionKey().substring(0, 256))
                                            .build()
                                    : entry)
                            .toList();
            PutRecordsResponse response =
                    kinesis.putRecords(request -> request.streamName(stream).records(entries));
            if (response.failedRecordCount() > 0) {
                throw new AssertionError(response.toString());
            }
        }
    }

    /** Waits for what happens a little later. */
    static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within two minutes: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Holds at some time. */
    interface Condition {
        boolean holds() throws Exception;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        receiver.close();
        mail.stop();
        kinesis.close();
    }

    /** The system's clock, ahead by what it was moved. */
    static final class MovedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void move(Duration more) {
            ahead = ahead.plus(more);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for another zone");
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }
}
