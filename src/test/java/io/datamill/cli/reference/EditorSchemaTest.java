package io.datamill.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.datamill.pipeline.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class EditorSchemaTest {
    private static final String VALID = """
            pipeline: small
            source: { kinesis: { stream: "${env:STREAM:-edits}", start: latest } }
            adapter: { avro: { registry: schemas, schema: edit-v1 } }
            event: { id: edit, time: at, tenant: wiki, late-after: 5m, not-before: 2020-01-01 }
            steps:
              - filter: "size > 1"
              - impute: { user: none, size: 0, bot: false }
              - deduplicate: { id: once, within: 24h }
            sinks:
              - kinesis: { stream: verdicts, when: "verdict != 'pass'", id: verdicts, fields: [user] }
              - postgres: { url: "${env:PG_URL}", table: edit, columns: [user], batch: { rows: 10, linger: 1s } }
            rejects: { s3: { path: rejects }, elasticsearch: { url: "${env:ES_URL}", index: rejects } }
            ledger: { url: u }
            """;

    private final EditorSchema generated = new EditorSchema(Catalog.STANDARD);
    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(generated.schema());

    @Test
    void theFileIsWhatTheCodeSays() throws Exception {
        assertThat(Files.readString(Path.of("docs/pipeline.schema.json")))
                .as("docs/pipeline.schema.json; generate it again: java -jar target/datamill-cli.jar schema >"
                        + " docs/pipeline.schema.json")
                .isEqualTo(generated.text());
    }

    @Test
    void isASchemaOfDraft7() throws Exception {
        JsonSchema draft = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(com.networknt.schema.SchemaLocation.of("http://json-schema.org/draft-07/schema#"));
        assertThat(draft.validate(generated.schema())).isEmpty();
    }

    static List<Path> pipelines() throws IOException {
        try (Stream<Path> flink = Files.list(Path.of("flink-conf/pipelines"));
                Stream<Path> tests = Files.list(Path.of("src/test/resources/pipelines"))) {
            return Stream.concat(flink, tests)
                    .filter(path -> path.toString().endsWith(".yaml"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void takesEveryValidPipelineAndNoOther(Path pipeline) throws Exception {
        boolean valid = !Files.exists(Path.of(pipeline.toString().replace(".yaml", ".txt")));
        assertThat(mistakes(Files.readString(pipeline)).isEmpty())
                .as(pipeline + ": " + mistakes(Files.readString(pipeline)))
                .isEqualTo(valid);
    }

    @Test
    void takesWhatTheBinderTakes() throws Exception {
        assertThat(mistakes(VALID)).isEmpty();
        assertThat(mistakes(VALID.replace("when: \"verdict != 'pass'\"", "when: true"))).isEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments("start: latest", "start: now", "source.kinesis.start"),
                arguments("late-after: 5m", "late-after: 5 minutes", "event.late-after"),
                arguments("late-after: 5m", "late: 5m", "event"),
                arguments("table: edit, ", "", "postgres"),
                arguments("rows: 10", "rows: ten", "batch.rows"),
                arguments("rows: 10", "row: 10", "batch"),
                arguments("- filter", "- filtre", "steps[0]"),
                arguments("${env:PG_URL}", "${enf:PG_URL}", "postgres.url"),
                arguments("fields: [user]", "fields: user", "kinesis.fields"),
                arguments("2020-01-01", "yesterday", "event.not-before"),
                arguments("pipeline: small", "pipeline: Small One", "pipeline"),
                arguments("ledger: { url: u }", "", "ledger"),
                arguments("ledger: { url: u }", "leger: { url: u }", "leger"),
                arguments("source: {", "inputs: {", "inputs"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refusesWhatTheBinderRefuses(String good, String bad, String at) throws Exception {
        assertThat(VALID).contains(good);
        assertThat(mistakes(VALID.replace(good, bad)))
                .anySatisfy(mistake -> assertThat(mistake).contains(at));
    }

    private List<String> mistakes(String yaml) throws IOException {
        Object read = new Load(LoadSettings.builder().setAllowDuplicateKeys(true).build()).loadFromString(yaml);
        JsonNode node = new ObjectMapper().valueToTree(read);
        return schema.validate(node).stream().map(ValidationMessage::getMessage).toList();
    }
}
