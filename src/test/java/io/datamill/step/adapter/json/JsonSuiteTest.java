package io.datamill.step.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.RejectedEventException;
import io.datamill.pipeline.YamlAdapter;
import io.datamill.pipeline.YamlAdapter.Part;
import io.datamill.schema.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The cases of github.com/nst/JSONTestSuite: as records, and as a member of a record, which is kept as it is written; so
 * those are read too that are no object.
 */
class JsonSuiteTest {
    /** Of the cases that the suite leaves to the parser, those that are read; the rest are rejected. */
    private static final Set<String> READ = Set.of(
            "i_number_double_huge_neg_exp.json",
            "i_number_huge_exp.json",
            "i_number_neg_int_huge_exp.json",
            "i_number_pos_double_huge_exp.json",
            "i_number_real_neg_overflow.json",
            "i_number_real_pos_overflow.json",
            "i_number_real_underflow.json",
            "i_number_too_big_neg_int.json",
            "i_number_too_big_pos_int.json",
            "i_number_very_big_negative_int.json",
            "i_string_1st_surrogate_but_2nd_missing.json",
            "i_string_1st_valid_surrogate_2nd_invalid.json",
            "i_string_incomplete_surrogate_and_escape_valid.json",
            "i_string_incomplete_surrogate_pair.json",
            "i_string_incomplete_surrogates_escape_valid.json",
            "i_string_invalid_lonely_surrogate.json",
            "i_string_invalid_surrogate.json",
            "i_string_inverted_surrogates_U+1D11E.json",
            "i_string_lone_second_surrogate.json",
            "i_structure_UTF-8_BOM_empty_object.json");

    private static final Set<String> NO_EVENT = Set.of("NOT_AN_OBJECT");

    @Test
    void takesOrRefusesEveryCaseAsTheSuiteSays() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { none: string? } }");
        Set<String> read = new TreeSet<>();
        for (Path file : cases()) {
            String name = file.getFileName().toString();
            boolean taken;
            try {
                taken = json.read(Files.readAllBytes(file)).stream()
                        .allMatch(part -> part.reason() == null || NO_EVENT.contains(part.reason()));
            } catch (RejectedEventException e) {
                // A number, a string, true, false or null by itself is JSON, and no event.
                taken = NO_EVENT.contains(e.reason()) && isScalar(file);
            }
            assertSuite(name, taken, read);
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(READ);
    }

    private static boolean isScalar(Path file) throws IOException {
        return file.getFileName().toString().startsWith("y_");
    }

    @Test
    void keepsEveryCaseAsPartOfARecordOrRefusesIt() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { none: string? }, unknown: keep }");
        Set<String> read = new TreeSet<>();
        for (Path file : cases()) {
            byte[] written = Files.readAllBytes(file);
            ByteArrayOutputStream record = new ByteArrayOutputStream();
            record.writeBytes("{\"v\":".getBytes(StandardCharsets.UTF_8));
            record.writeBytes(written);
            record.write('}');
            boolean taken;
            try {
                List<Part> parts = json.read(record.toByteArray());
                assertThat(parts).singleElement().satisfies(part -> assertThat(part.fields()).isNotNull());
                Map<?, ?> unknown = (Map<?, ?>) parts.get(0).fields().get("unknown");
                assertThat(unknown.get("v")).isEqualTo(new String(written, StandardCharsets.UTF_8).strip());
                taken = true;
            } catch (RejectedEventException e) {
                taken = false;
            }
            assertSuite(file.getFileName().toString(), taken, read);
        }
        read.add("i_structure_UTF-8_BOM_empty_object.json"); // Its mark is in the middle here, and so refused.
        assertThat(read).containsExactlyInAnyOrderElementsOf(READ);
    }

    /** As fields of every type that a number or string may be asked for. */
    @Test
    void throwsNothingButRejects() throws Exception {
        for (String type : List.of("int", "long", "double", "decimal(38,10)", "string", "timestamp", "bytes")) {
            YamlAdapter json = new YamlAdapter("json: { fields: { v: \"array<" + type + ">\", w: \"" + type + "\" } }");
            for (Path file : cases()) {
                for (String name : List.of("v", "w")) {
                    String record = "{\"" + name + "\":" + Files.readString(file, StandardCharsets.ISO_8859_1) + "}";
                    try {
                        json.read(record.getBytes(StandardCharsets.ISO_8859_1));
                    } catch (RejectedEventException e) {
                        assertThat(e.reason()).isNotBlank();
                    }
                }
            }
        }
    }

    private static void assertSuite(String name, boolean taken, Set<String> read) {
        if (name.startsWith("i_")) {
            if (taken) {
                read.add(name);
            }
        } else {
            assertThat(taken).as(name).isEqualTo(name.startsWith("y_"));
        }
    }

    private static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.find("json-test-suite/test_parsing"))) {
            List<Path> cases = files.sorted().collect(Collectors.toList());
            assertThat(cases).hasSizeGreaterThan(300);
            return cases;
        }
    }
}
