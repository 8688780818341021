package io.datamill.bench.verbs;

import io.datamill.pipeline.YamlAdapter;
import io.datamill.testing.Events;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Records of one event each, but where a name says otherwise. */
final class AdapterCases {
    private static final String COMBINED = "{ pattern: \"%{COMBINEDAPACHELOG}\", null-marker: \"-\", fields: {"
            + " clientip: string, auth: string?, timestamp: \"timestamp[dd/MMM/yyyy:HH:mm:ss Z]\", verb: string?,"
            + " request: string?, httpversion: string?, response: int, bytes: long?, referrer: string?, agent: string? } }";

    private AdapterCases() {}

    static List<Case> all() {
        Cases cases = new Cases("adapter");
        cases.add("avro", "e-mail metadata v4", MailCases::adapter);
        cases.adapter(
                "json",
                "",
                "{ fields: { at: timestamp, user: string, page: string, comment: string?, delta: long, bot: boolean,"
                        + " new_length: long? }, names: { new_length: length.new } }",
                AdapterCases::json);
        cases.adapter(
                "csv",
                "",
                "{ columns: { id: int, name: string, city: string?, price: \"decimal(8,2)\", day: date, at: timestamp }"
                        + ", header: false }",
                i -> i + ",\"" + Varied.text(i, 3) + "\"," + Varied.word(i) + ',' + i % 90 + ".25,2026-01-"
                        + (10 + i % 20) + ',' + Varied.time(i) + '\n');
        cases.adapter(
                "tsv",
                "",
                "{ columns: { id: int, name: string, city: string?, price: double, count: long }, header: false }",
                i -> i + "\t" + Varied.text(i, 3) + '\t' + Varied.word(i) + '\t' + i % 90 + ".25\t" + i * 1000 + '\n');
        cases.adapter("grok", "combined log", COMBINED, Varied::accessLine);
        cases.adapter(
                "text",
                "",
                "{ pattern: '(?<remote_ip>\\S+) (?<user>\\S+) \"(?<path>[^\"]*)\" (?<status>\\d{3})(?: (?<ms>\\d+)ms)?',"
                        + " fields: { remote_ip: string, user: string, path: string, status: int, ms: long? } }",
                i -> Varied.ip(i) + ' ' + Varied.name(i) + " \"/" + Varied.word(i) + "\" " + (200 + i % 5) + ' ' + i
                        + "ms");
        cases.adapter(
                "logfmt",
                "",
                "{ fields: { at: timestamp, level: \"enum(info,warn)\", msg: string, took_ms: double?, user: string? },"
                        + " names: { at: time, took_ms: took.ms } }",
                i -> "time=" + Varied.time(i) + " level=" + (i % 5 == 0 ? "warn" : "info") + " msg=\""
                        + Varied.text(i, 5) + "\" took.ms=" + i + ".5 user=" + Varied.name(i) + " other=" + i);
        cases.add("cloudwatch-logs", "record of 10 events, gzip", () -> {
            return Works.adapter(
                    new YamlAdapter("{ cloudwatch-logs: {} }").adapter(), i -> Events.record(gzip(cloudwatch(i))));
        });
        return cases.list();
    }

    private static String json(int i) {
        return "{\"at\":\"" + Varied.time(i) + "\",\"user\":\"" + Varied.name(i) + "\",\"page\":\"" + Varied.text(i, 3)
                + "\",\"comment\":\"" + Varied.text(i + 1, 8) + "\",\"delta\":" + Varied.number(i, 9999) + ",\"bot\":"
                + (i % 3 == 0) + ",\"length\":{\"old\":" + i + ",\"new\":" + (i + 7) + "},\"tags\":[\"a\",\"b\"]}";
    }

    private static String cloudwatch(int i) {
        StringBuilder text = new StringBuilder("{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"111111111111\","
                + "\"logGroup\":\"web\",\"logStream\":\"i-" + i
                + "\",\"subscriptionFilters\":[\"all\"],\"logEvents\":[");
        for (int event = 0; event < 10; event++) {
            text.append(event == 0 ? "" : ",")
                    .append("{\"id\":\"3195310660696698337880902507980421114328961542429822")
                    .append(1000 + i * 10 + event)
                    .append("\",\"timestamp\":")
                    .append(Varied.millis(i))
                    .append(",\"message\":\"")
                    .append(Varied.text(i * 10 + event, 12))
                    .append("\"}");
        }
        return text.append("]}").toString();
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
