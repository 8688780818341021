package io.datamill.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.pipeline.Plan;
import io.datamill.source.FileRecords;
import io.datamill.source.GivenRecords;
import io.datamill.source.Records;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** The records that a case puts in. */
final class CaseInput {
    private static final String BASE64 = "base64:";

    private CaseInput() {}

    /**
     * The records of each of the plan's inputs.
     *
     * @param directory that files are named from
     * @throws IllegalArgumentException if an input is named that is not there, or a file is missing
     */
    static Map<String, List<Records>> of(Case one, Plan plan, Path directory) {
        Node given = one.input() == null ? one.inputFile() : one.input();
        Map<String, List<Records>> records = new LinkedHashMap<>();
        // A mapping names inputs; the one without a name is "".
        boolean named =
                plan.inputs().stream().noneMatch(input -> input.name().isEmpty()) || given instanceof MappingNode;
        if (plan.inputs().size() == 1 || !named) {
            Plan.Input input = plan.input();
            records.put(input.name(), List.of(records(one, given, input, directory)));
            return records;
        }
        for (Map.Entry<String, Node> entry : YamlJson.entries(given)) {
            Plan.Input input = plan.inputs().stream()
                    .filter(known -> known.name().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("input: no input '" + entry.getKey()
                            + "'; expected a mapping of "
                            + plan.inputs().stream().map(Plan.Input::name).collect(Collectors.joining(", "))));
            records.put(input.name(), List.of(records(one, entry.getValue(), input, directory)));
        }
        return records;
    }

    private static Records records(Case one, Node given, Plan.Input input, Path directory) {
        if (one.input() == null) {
            Path file = directory.resolve(YamlJson.text(given));
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("input-file: no file " + file);
            }
            return new FileRecords(file.toString(), input.adapter().framing());
        }
        List<byte[]> data = new ArrayList<>();
        YamlJson.list(given).forEach(record -> data.add(bytes(record)));
        return new GivenRecords("case", one.arrival().toEpochMilli(), data);
    }

    private static byte[] bytes(JsonNode record) {
        if (!record.isTextual()) {
            return record.toString().getBytes(StandardCharsets.UTF_8);
        }
        String text = record.textValue();
        return text.startsWith(BASE64)
                ? Base64.getMimeDecoder().decode(text.substring(BASE64.length()))
                : text.getBytes(StandardCharsets.UTF_8);
    }
}
