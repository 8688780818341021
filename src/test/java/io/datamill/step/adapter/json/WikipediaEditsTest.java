package io.datamill.step.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlAdapter;
import io.datamill.pipeline.YamlAdapter.Part;
import io.datamill.schema.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three real forms of a Wikipedia edit as one event. */
class WikipediaEditsTest {
    private YamlAdapter json;

    @BeforeEach
    void plan() throws Exception {
        json = new YamlAdapter(
                """
                json:
                  fields:
                    at: timestamp?
                    page: string
                    action: string
                    user: string
                    robot: boolean
                    minor: boolean?
                    change: int?
                    length_old: int?
                    length_new: int?
                    country: string?
                    hashtags: array<string>?
                  form-as: form
                  forms:
                    wikiticker:
                      when: [isAnonymous, isRobot]
                      names: { at: time, robot: isRobot, minor: isMinor, change: delta, country: countryIsoCode }
                      values: { action: edit }
                    stream:
                      when: ["$schema", meta]
                      names: { at: timestamp, page: title, action: type, robot: bot, length_old: length.old, length_new: length.new }
                      formats: { at: epoch-seconds }
                    monitor:
                      when: [page_title]
                      names: { page: page_title, robot: is_bot, minor: is_minor, change: change_size, country: geo_ip.country_name }
                """);
        assertThat(json.problems()).isEmpty();
    }

    @Test
    void readsEveryEditOfWikiticker() throws Exception {
        int count = 0;
        long changes = 0;
        int countries = 0;
        for (String line : lines(SharedData.find("wikiticker/edits-2015-09-12-h00-11.json.gz"))) {
            Map<String, Object> event = json.event(line);
            assertThat(event).containsEntry("form", "wikiticker").containsEntry("action", "edit");
            count++;
            changes += (int) event.get("change");
            countries += event.get("country") == null ? 0 : 1;
        }
        assertThat(count).isEqualTo(16_512);
        // The sum of delta and the number of edits with a countryIsoCode, by Python's json.
        assertThat(changes).isEqualTo(3988549);
        assertThat(countries).isEqualTo(1511);
    }

    @Test
    void readsAllEditsOfAFileAsOneRecordToo() throws Exception {
        byte[] file = Files.readAllBytes(SharedData.find("wikiticker/edits-2015-09-12-h00-11.json.gz"));
        assertThat(json.read(file)).hasSize(16_512).allSatisfy(part -> assertThat(part.cause())
                .isNull());
    }

    @Test
    void readsEveryEventOfTheStream() throws Exception {
        byte[] file = Files.readAllBytes(SharedData.find("wikimedia-recentchange/recentchange_100.ndjson"));
        List<Part> parts = json.read(file);
        assertThat(parts).hasSize(100).allSatisfy(part -> {
            assertThat(part.cause()).isNull();
            assertThat(part.fields()).containsEntry("form", "stream").containsEntry("action", "edit");
            assertThat(json.read(part.data()).get(0).fields()).isEqualTo(part.fields());
        });
        assertThat(parts.get(0).fields())
                .containsEntry("at", Instant.parse("2023-07-29T07:51:39Z").toEpochMilli())
                .containsEntry("page", "EFL Championship")
                .containsEntry("length_old", 91_108)
                .containsEntry("length_new", 91_166)
                .containsEntry("minor", false)
                .containsEntry("country", null);
    }

    @Test
    void readsTheMonitorsEdits() throws Exception {
        String edit =
                """
                {"action":"edit","change_size":328,"flags":"M","hashtags":["#a"],"is_anon":true,"is_bot":false,\
                "is_minor":true,"is_new":false,"is_unpatrolled":false,"mentions":[],"ns":"Main","page_title":"P",\
                "parent_rev_id":"1","rev_id":"2","summary":"s","url":"u","user":"192.0.2.1",\
                "geo_ip":{"city":"V","country_name":"Austria"}}""";
        assertThat(json.event(edit))
                .containsEntry("form", "monitor")
                .containsEntry("page", "P")
                .containsEntry("change", 328)
                .containsEntry("country", "Austria")
                .containsEntry("hashtags", List.of("#a"))
                .containsEntry("at", null);
        assertThat(json.event(edit.replaceFirst(",\"geo_ip.*", "}"))).containsEntry("country", null);
    }

    private static List<String> lines(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
