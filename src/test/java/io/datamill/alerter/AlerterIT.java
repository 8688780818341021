package io.datamill.alerter;

import static io.datamill.alerter.AlerterLab.await;
import static io.datamill.alerter.AlerterLab.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.lab.Lab;
import io.datamill.lab.LabFiles;
import io.datamill.lab.Server;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlerterIT {
    private static final Duration DELAY = Duration.ofSeconds(31);
    private static final Duration WINDOW = Duration.ofMinutes(11);
    private static Lab servers;

    @TempDir
    Path directory;

    private AlerterLab lab;

    @BeforeAll
    static void startServers() {
        servers = Lab.start(LabFiles.locate(), Server.KINESIS, Server.POSTGRES);
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @BeforeEach
    void start() throws Exception {
        lab = new AlerterLab(servers, directory, 2);
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private static List<String> events(String tenant, String domain, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> event(tenant, domain + i, domain))
                .toList();
    }

    private List<JsonNode> hooked() {
        return lab.receiver.at("/hook").stream().map(Receiver.Request::json).toList();
    }

    @Test
    void aCampaignIsOneAlertOfEachActionAndOneSummary() throws Exception {
        lab.put(events("acme", "evil.example", 0, 500));
        lab.once();
        assertThat(hooked()).isEmpty();
        lab.clock.move(DELAY);
        lab.once();
        lab.once();
        assertThat(hooked()).hasSize(1);
        JsonNode alert = hooked().get(0);
        assertThat(alert.path("count").asInt()).isEqualTo(500);
        assertThat(alert.path("tenant").asText()).isEqualTo("acme");
        assertThat(alert.path("group").path("from_domain").asText()).isEqualTo("evil.example");
        assertThat(alert.path("verdicts").toString()).isEqualTo("{\"quarantine\":500}");
        assertThat(alert.path("events")).hasSize(5);
        assertSigned(lab.receiver.at("/hook").get(0));
        assertThat(lab.receiver.at("/slack")).hasSize(1);
        assertThat(lab.receiver.at("/slack").get(0).json().path("text").asText())
                .isEqualTo("acme: 500 events of from_domain evil.example (500 quarantine)");
        assertThat(lab.mail.getReceivedMessages()).hasSize(1);
        MimeMessage mail = lab.mail.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("acme: 500 events of from_domain evil.example (500 quarantine)");

        lab.put(events("acme", "evil.example", 490, 520));
        lab.once();
        lab.clock.move(WINDOW);
        lab.once();
        lab.once();
        assertThat(hooked()).hasSize(2);
        JsonNode summary = hooked().get(1);
        assertThat(summary.path("kind").asText()).isEqualTo("summary");
        assertThat(summary.path("count").asInt()).isEqualTo(520);
        assertThat(summary.path("told_before").asInt()).isEqualTo(500);
    }

    /** As the documentation has it, and not with the code that signs. */
    private static void assertSigned(Receiver.Request request) throws Exception {
        String header = request.headers().get("datamill-signature");
        String time = header.replaceFirst("t=(\\d+),v1=.*", "$1");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("0123456789abcdef".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String digest =
                HexFormat.of().formatHex(mac.doFinal((time + "." + request.body()).getBytes(StandardCharsets.UTF_8)));
        assertThat(header).endsWith(",v1=" + digest);
    }

    @Test
    void tenantsAreApart() throws Exception {
        lab.put(events("acme", "evil.example", 0, 30));
        lab.put(events("globex", "evil.example", 0, 20));
        lab.once();
        lab.clock.move(DELAY);
        lab.once();
        assertThat(hooked().stream()
                        .map(alert -> alert.path("tenant").asText()
                                + alert.path("count").asText()))
                .containsExactlyInAnyOrder("acme30", "globex20");
    }

    @Test
    void whatIsAboveTheLimitOfATenantIsOneAlertMore() throws Exception {
        lab.with("alerts: 20", "alerts: 3");
        for (int sender = 0; sender < 10; sender++) {
            lab.put(events("acme", "evil" + sender + ".example", 0, 4));
        }
        lab.put(events("globex", "evil.example", 0, 1));
        lab.once();
        lab.clock.move(DELAY);
        lab.once();
        assertThat(hooked()).hasSize(4);
        lab.put(events("acme", "evil5.example", 4, 10));
        lab.once();
        lab.clock.move(Duration.ofMinutes(61));
        lab.once();
        JsonNode overflow = hooked().stream()
                .filter(alert -> alert.path("kind").asText().equals("overflow"))
                .findFirst()
                .orElseThrow();
        assertThat(overflow.path("alerts").asInt()).isEqualTo(7);
        assertThat(lab.sql.query("SELECT sum(count) FROM alerter_alert WHERE action = 'hook' AND kind = 'group'"))
                .containsExactly("47");
        assertThat(told("hook")).isEqualTo(47);
    }

    /** What a receiver knows of, who takes each id once. */
    private long told(String path) {
        return lab.receiver.at("/" + path).stream()
                .collect(Collectors.toMap(Receiver.Request::key, Receiver.Request::json, (a, b) -> a))
                .values()
                .stream()
                .mapToLong(alert ->
                        alert.path("count").asLong() - alert.path("told_before").asLong())
                .sum();
    }

    @Test
    void repeatsAreNotCountedAndWhatIsOnlyMonitoredIsNotTold() throws Exception {
        lab.put(List.of(
                event("acme", "1", "a.example"),
                event("acme", "1", "a.example"),
                event("acme", "2", "a.example", "\"quarantine\",\"monitored\":true"),
                event("acme", "3", "a.example", "\"pass\""),
                event("acme", "4", "a.example", "\"label\"")));
        lab.once();
        lab.put(List.of(event("acme", "1", "a.example"), event("acme", "2", "a.example")));
        lab.once();
        lab.clock.move(DELAY);
        lab.once();
        assertThat(hooked())
                .singleElement()
                .satisfies(alert -> assertThat(
                                alert.path("verdicts").properties().stream().map(Object::toString))
                        .containsExactlyInAnyOrder("quarantine=1", "label=1"));
        assertThat(lab.mail.getReceivedMessages()).hasSize(1);
        assertThat(lab.mail.getReceivedMessages()[0].getSubject()).contains("1 event ");
    }

    @Test
    void alertsOfJobsGoOutAsTheyAreOneEachAndOnceById() throws Exception {
        String notice = "{\"type\":\"alert\",\"id\":\"%s\",\"at\":\"2026-01-31T12:00:00Z\",\"severity\":\"warning\","
                + "\"source\":\"email-trust\",\"title\":\"model refused\",\"text\":\"AUC is 0.7\"}";
        lab.put(List.of(String.format(notice, "a"), String.format(notice, "b"), String.format(notice, "a")));
        lab.once();
        lab.put(List.of(String.format(notice, "b")));
        lab.once();
        assertThat(hooked()).hasSize(2);
        assertThat(hooked().stream()
                        .map(alert -> alert.path("notice").path("id").asText()))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(lab.mail.getReceivedMessages()).hasSize(2);
        assertThat(lab.mail.getReceivedMessages()[0].getSubject()).isEqualTo("warning: model refused");
    }

    @Test
    void whatCannotBeReadIsKeptAndHoldsNothing() throws Exception {
        List<String> messages = new ArrayList<>(events("acme", "evil.example", 0, 10));
        messages.add(3, "no JSON");
        messages.add(7, event("acme", "\\u0000", "evil.example"));
        messages.add(9, event("acme", "\\ud800", "evil.example"));
        messages.add(event("acme", "odd", "\\u0000\\ud800".repeat(50)));
        lab.put(messages);
        lab.once();
        lab.clock.move(DELAY);
        lab.once();
        assertThat(told("hook")).isEqualTo(11);
        assertThat(lab.sql.query("SELECT reason, convert_from(data, 'UTF8') FROM alerter_reject ORDER BY reason"))
                .hasSize(3)
                .anyMatch(row -> row.endsWith("|no JSON"));
        assertThat(lab.journal).anyMatch(line -> line.contains("\"rejected\""));
    }

    @Test
    void aReceiverThatIsDownGetsItLaterUnderTheSameKeyAndHoldsNoOther() throws Exception {
        lab.with("delay: 30s", "delay: 0s");
        lab.receiver.answer(503, Map.of());
        lab.with("\"${env:SLACK_URL}\"", "\"${env:OTHER_URL}\"");
        try (Receiver other = new Receiver();
                Alerter alerter = open(other)) {
            Thread running = run(alerter);
            lab.put(events("acme", "evil.example", 0, 1));
            await("five attempts", () -> lab.receiver.at("/hook").size() >= 5);
            lab.put(events("globex", "evil.example", 0, 1));
            await("others go on", () -> other.at("/chat").size() == 2);
            lab.receiver.answer(200, Map.of());
            await(
                    "all is sent",
                    () -> lab.sql
                            .query("SELECT count(*) FROM alerter_alert WHERE state = 'sent'")
                            .equals(List.of("6")));
            alerter.stop();
            running.join();
            Map<String, List<Receiver.Request>> byKey =
                    lab.receiver.at("/hook").stream().collect(Collectors.groupingBy(Receiver.Request::key));
            assertThat(byKey).hasSize(2);
            byKey.values()
                    .forEach(attempts -> assertThat(attempts.stream()
                                    .map(Receiver.Request::body)
                                    .distinct())
                            .hasSize(1));
            List<Receiver.Request> first = byKey.values().stream()
                    .filter(attempts -> attempts.get(0).body().contains("acme"))
                    .findFirst()
                    .orElseThrow();
            for (int i = 1; i < 5; i++) {
                long gap = first.get(i).nanos() - first.get(i - 1).nanos();
                assertThat(gap).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50L << (i - 1)));
            }
        }
    }

    private Alerter open(Receiver other) throws Exception {
        System.setProperty("OTHER_URL", other.url("/chat"));
        return lab.alerter();
    }

    private static Thread run(Alerter alerter) {
        Thread running = new Thread(() -> {
            try {
                alerter.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running.start();
        return running;
    }

    @Test
    void aKillBeforeTheSendAndOneAfterItLoseNothingAndRepeatOnlyTheSameKey() throws Exception {
        lab.with("delay: 30s", "delay: 3s");
        Process first = lab.start("first");
        lab.put(events("acme", "evil.example", 0, 50));
        await(
                "counted, not sent",
                () -> lab.sql
                        .query("SELECT sum(count) FROM alerter_alert WHERE action = 'hook'")
                        .equals(List.of("50")));
        assertThat(lab.receiver.at("/hook")).isEmpty();
        first.destroyForcibly().waitFor();

        lab.receiver.hold();
        Process second = lab.start("second");
        await(
                "the receiver has it, the alerter does not know",
                () -> lab.receiver.at("/hook").size() == 1);
        second.destroyForcibly().waitFor();
        lab.receiver.release();

        Process third = lab.start("third");
        await("it is sent again", () -> lab.receiver.at("/hook").size() == 2);
        await(
                "and marked",
                () -> lab.sql
                        .query("SELECT count(*) FROM alerter_alert WHERE state = 'sent'")
                        .equals(List.of("3")));
        third.destroy();
        third.waitFor();
        assertThat(lab.printed("third")).contains("\"stopped\"").doesNotContain("0123456789abcdef");
        assertThat(lab.receiver.at("/hook").stream().map(Receiver.Request::key).distinct())
                .hasSize(1);
        assertThat(lab.receiver.at("/hook").stream().map(Receiver.Request::body).distinct())
                .hasSize(1);
        assertThat(told("hook")).isEqualTo(50);
    }

    @Test
    void killsAtAnyTimeLoseAndDoubleNothing() throws Exception {
        lab.with("delay: 30s, window: 10m", "delay: 1s, window: 5s").with("alerts: 20, per: 1h", "alerts: 5, per: 10s");
        int sent = 0;
        for (int round = 0; round < 4; round++) {
            Process process = lab.start("round-" + round);
            for (int i = 0; i < 5; i++) {
                for (int sender = 0; sender < 4; sender++) {
                    lab.put(events("tenant-" + sender % 2, "evil" + sender + ".example", sent, sent + 10));
                }
                sent += 10;
                TimeUnit.MILLISECONDS.sleep(700);
            }
            process.destroyForcibly().waitFor();
        }
        lab.start("last");
        long all = sent * 4L;
        await(all + " are told", () -> told("hook") == all);
        TimeUnit.SECONDS.sleep(2);
        assertThat(told("hook")).isEqualTo(all);
        assertThat(lab.sql.query("SELECT count(*) FROM alerter_event")).containsExactly(String.valueOf(all));
    }

    @Test
    void aSecondProcessStandsByAndTakesOver() throws Exception {
        lab.with("delay: 30s", "delay: 0s");
        Process first = lab.start("first");
        await("at work", () -> lab.printed("first").contains("at-work"));
        lab.start("second");
        await("standby", () -> lab.printed("second").contains("\"standby\""));
        lab.put(events("acme", "a.example", 0, 1));
        await(
                "the first tells",
                () -> lab.sql
                        .query("SELECT count(*) FROM alerter_alert WHERE state = 'sent'")
                        .equals(List.of("3")));
        first.destroyForcibly().waitFor();
        lab.put(events("acme", "b.example", 0, 1));
        await("the second tells", () -> lab.receiver.at("/hook").size() == 2);
        assertThat(told("hook")).isEqualTo(2);
    }

    @Test
    void goesOnThroughASplitOfAShard() throws Exception {
        lab.with("delay: 30s", "delay: 1s");
        try (Alerter alerter = lab.alerter()) {
            Thread running = run(alerter);
            lab.put(events("acme", "evil.example", 0, 100));
            String shard = lab.kinesis
                    .listShards(request -> request.streamName(lab.stream))
                    .shards()
                    .get(0)
                    .shardId();
            lab.kinesis.splitShard(request -> request.streamName(lab.stream)
                    .shardToSplit(shard)
                    .newStartingHashKey("42535295865117307932921825928971026432"));
            await(
                    "split",
                    () -> lab.kinesis
                                    .listShards(request -> request.streamName(lab.stream))
                                    .shards()
                                    .size()
                            == 4);
            await(
                    "active",
                    () -> lab.kinesis
                            .describeStreamSummary(request -> request.streamName(lab.stream))
                            .streamDescriptionSummary()
                            .streamStatusAsString()
                            .equals("ACTIVE"));
            lab.put(events("acme", "evil.example", 100, 300));
            await(
                    "all are counted",
                    () -> lab.sql
                            .query("SELECT sum(count) FROM alerter_alert WHERE action = 'hook' AND kind = 'group'")
                            .equals(List.of("300")));
            alerter.stop();
            running.join();
        }
        assertThat(lab.sql.query("SELECT count(*) FROM alerter_shard WHERE done"))
                .containsExactly("1");
    }
}
