package io.datamill.step.fitted;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.Reference;
import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.testing.StepRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.assertj.core.data.Offset;

/** Fits steps on samples written out in tests, and plans them with what was learned. */
final class Learner {
    /** What the issue asks for: results agree with a reference to this. */
    static final Offset<Double> CLOSE = Offset.offset(1e-9);

    private Learner() {}

    /** @param fields names and types by turns */
    static Schema schema(String... fields) {
        List<Schema.Field> made = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            made.add(new Schema.Field(fields[i], TypeText.parse(fields[i + 1])));
        }
        return Schema.createRecord("R", null, null, false, made);
    }

    static Reference file(Path folder) {
        return new Reference(folder.resolve("step.json").toString());
    }

    static Artifact learn(Schema input, FittedConfig config, List<Object[]> rows) throws Exception {
        List<String> problems = new ArrayList<>();
        Fitting fitting = config.fitting(new Planning(input, (option, message) -> problems.add(option + message)));
        assertThat(problems).isEmpty();
        for (Object[] row : rows) {
            fitting.add(row);
        }
        return Artifact.of(config, input, new Artifact.FittedOn(rows.size(), "sample.csv", "00"), fitting);
    }

    /** The step, fitted on the rows and planned. */
    static StepRunner fitted(Schema input, FittedConfig config, List<Object[]> rows) throws Exception {
        Path file = Path.of(config.fitted().resolve());
        Files.writeString(file, learn(input, config, rows).render(), StandardCharsets.UTF_8);
        StepRunner step = new StepRunner(input, config);
        assertThat(step.problems()).isEmpty();
        return step;
    }

    static List<Object[]> rows(double[][] numbers) {
        List<Object[]> rows = new ArrayList<>();
        for (double[] row : numbers) {
            Object[] values = new Object[row.length];
            for (int i = 0; i < row.length; i++) {
                values[i] = row[i];
            }
            rows.add(values);
        }
        return rows;
    }

    /** Whether values, or the one list among them, are these numbers. */
    static void assertClose(Object values, double... expected) {
        List<?> list = values instanceof Object[] array ? List.of(array) : (List<?>) values;
        assertThat(list).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((Double) list.get(i)).as("[" + i + "]").isCloseTo(expected[i], CLOSE);
        }
    }
}
