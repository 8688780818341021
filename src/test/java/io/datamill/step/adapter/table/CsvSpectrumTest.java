package io.datamill.step.adapter.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.pipeline.YamlAdapter;
import io.datamill.pipeline.YamlAdapter.Part;
import io.datamill.schema.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cases of github.com/max-mapper/csv-spectrum, each of which has its rows as JSON beside it. */
class CsvSpectrumTest {
    /** Its phone number is another in the JSON than in the CSV, in the suite itself. */
    private static final String MISPRINTED = "location_coordinates.csv";

    @Test
    void readsEveryCaseAsItsJsonSays() throws Exception {
        Path suite = SharedData.find("csv-spectrum");
        List<Path> cases;
        try (Stream<Path> files = Files.list(suite.resolve("csvs"))) {
            cases = files.sorted().collect(Collectors.toList());
        }
        assertThat(cases).hasSize(12);
        for (Path file : cases) {
            String name = file.getFileName().toString();
            JsonNode json = new ObjectMapper()
                    .readTree(suite.resolve("json")
                            .resolve(name.replace(".csv", ".json"))
                            .toFile());
            List<JsonNode> expected = new ArrayList<>();
            (json.isArray() ? json : List.of(json)).forEach(expected::add);
            if (name.equals(MISPRINTED)) {
                ((com.fasterxml.jackson.databind.node.ObjectNode) expected.get(0)).put("Contact Phone Number", "2095257564");
            }
            assertThat(read(file, expected.get(0))).as(name).isEqualTo(expected.stream().map(CsvSpectrumTest::strings).toList());
        }
    }

    private static List<Map<String, String>> read(Path file, JsonNode row) throws Exception {
        List<String> headers = new ArrayList<>();
        row.fieldNames().forEachRemaining(headers::add);
        StringBuilder yaml = new StringBuilder("csv:\n  columns:\n");
        for (int i = 0; i < headers.size(); i++) {
            yaml.append("    f").append(i).append(": string\n");
        }
        yaml.append("  names:\n");
        for (int i = 0; i < headers.size(); i++) {
            yaml.append("    f").append(i).append(": '").append(headers.get(i)).append("'\n");
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (Part part : new YamlAdapter(yaml.toString()).read(Files.readAllBytes(file))) {
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < headers.size(); i++) {
                named.put(headers.get(i), (String) part.fields().get("f" + i));
            }
            rows.add(named);
        }
        return rows;
    }

    private static Map<String, String> strings(JsonNode row) {
        Map<String, String> strings = new LinkedHashMap<>();
        for (Iterator<String> names = row.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            strings.put(name, row.get(name).asText());
        }
        return strings;
    }
}
