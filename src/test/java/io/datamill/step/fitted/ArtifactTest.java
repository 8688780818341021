package io.datamill.step.fitted;

import static io.datamill.step.fitted.Learner.file;
import static io.datamill.step.fitted.Learner.learn;
import static io.datamill.step.fitted.Learner.rows;
import static io.datamill.step.fitted.Learner.schema;
import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.step.Versioned;
import io.datamill.testing.Events;
import io.datamill.testing.StepRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactTest {
    private static final Schema INPUT = schema("amount", "double?", "other", "double");
    private static final List<Object[]> SAMPLE = rows(new double[][] {{0, 0}, {1, 0}, {0, 0}, {1, 0}});

    @TempDir
    private Path folder;

    private Path path;
    private StandardScale.Config config;

    @BeforeEach
    void path() {
        path = folder.resolve("step.json");
        config = new StandardScale.Config(List.of("amount"), file(folder), null, null);
    }

    @Test
    void isTheSameBytesForTheSameSample() throws Exception {
        String rendered = learn(INPUT, config, SAMPLE).render();
        assertThat(rendered).isEqualTo(learn(INPUT, config, SAMPLE).render());
        assertThat(rendered)
                .isEqualTo("""
                {
                  "format" : 1,
                  "verb" : "standard-scale",
                  "version" : "VERSION",
                  "fitted_on" : {
                    "rows" : 4,
                    "source" : "sample.csv",
                    "sha256" : "00"
                  },
                  "schema" : {
                    "amount" : "double?"
                  },
                  "parameters" : {
                    "fields" : {
                      "amount" : {
                        "mean" : 0.5,
                        "deviation" : 0.5
                      }
                    }
                  }
                }
                """.replace("VERSION", learn(INPUT, config, SAMPLE).version()));
        assertThat(learn(INPUT, config, SAMPLE.subList(0, 3)).version())
                .matches("[0-9a-f]{12}")
                .isNotEqualTo(learn(INPUT, config, SAMPLE).version());
    }

    @Test
    void travelsInTheStepWithItsVersion() throws Exception {
        Artifact artifact = learn(INPUT, config, SAMPLE);
        Files.writeString(path, artifact.render());
        StatelessStep step = InstantiationUtil.clone((StatelessStep) config.plan(new Planning(INPUT, (o, m) -> {})));
        Files.delete(path);
        step.open();
        assertThat(step.apply(Events.event("1", 0, 2.0, 0.0)).values()).containsExactly(3.0, 0.0);
        assertThat(((Versioned) step).version()).isEqualTo("step.json@" + artifact.version());
    }

    @Test
    void saysHowToMakeItWhereItIsNotThere() throws Exception {
        assertThat(problem())
                .isEqualTo("fitted: " + path + " is not there: run `datamill fit FILE --input SAMPLE --out DIR`");
    }

    @Test
    void plansItsFieldsWhereItIsNotThere() throws Exception {
        StepRunner step = new StepRunner(INPUT, config);
        assertThat(step.output().getField("amount").schema())
                .isEqualTo(schema("a", "double?").getField("a").schema());
    }

    @Test
    void refusesWhatIsDamaged() throws Exception {
        String good = learn(INPUT, config, SAMPLE).render();
        assertThat(problem("")).startsWith("fitted: " + path + ": line 1: ");
        assertThat(problem(good.substring(0, 100))).startsWith("fitted: " + path + ": line ");
        assertThat(problem(good.replace("\"mean\" : 0.5", "\"mean\" : NaN")))
                .contains(path + ": line 16: ", "NaN is no number here");
        assertThat(problem(good.replace("\"format\" : 1", "\"format\" : 2"))).contains("format: expected 1; found 2");
        assertThat(problem(good.replace("\"rows\"", "\"rowz\""))).contains("fitted_on.rows: missing");
        assertThat(problem(good.replace("\"rows\"", "\"rowz\" : 1, \"rows\"")))
                .contains("fitted_on.rowz: unknown key; did you mean 'rows'?");
        assertThat(problem(good.replace("\"mean\" : 0.5", "\"mean\" : 0.6")))
                .contains("version: its content is version ", "An artifact is not changed by hand: fit it again");
        assertThat(problem(" ".repeat(Artifact.MAX_BYTES) + good)).contains("more than 16777216 bytes");
    }

    @Test
    void refusesAnotherVerbsArtifact() throws Exception {
        var other = new MinMax.Config(List.of("amount"), file(folder), null, null, null, null);
        assertThat(problem(learn(INPUT, other, SAMPLE).render()))
                .isEqualTo("fitted: " + path + ": verb: expected 'standard-scale'; found 'min-max'");
    }

    @Test
    void refusesAnotherFieldsArtifact() throws Exception {
        var other = new StandardScale.Config(List.of("other"), file(folder), null, null);
        assertThat(problem(learn(INPUT, other, SAMPLE).render()))
                .isEqualTo("fitted: " + path
                        + ": schema: it was fitted for [other], but the pipeline asks for [amount]: fit it again");
    }

    @Test
    void refusesParametersThatCannotBe() throws Exception {
        assertThat(forged(new StandardScale.Learned(Map.of())))
                .isEqualTo("fitted: " + path + ": parameters: of [], but the schema has [amount]");
        assertThat(forged(Map.of("fields", Map.of("amount", Map.of("mean", 1.0)))))
                .isEqualTo("fitted: " + path + ": parameters: fields.amount.deviation: missing");
        var negative = Map.of("mean", 1.0, "deviation", -1.0);
        assertThat(forged(Map.of("fields", Map.of("amount", negative))))
                .isEqualTo(
                        "fitted: " + path + ": parameters: fields.amount: deviation: expected 0 or more; found -1.0");
        var infinite = Map.of("mean", "Infinity", "deviation", 1.0);
        assertThat(forged(Map.of("fields", Map.of("amount", infinite)))).contains("mean");
    }

    /** With the version that belongs to it, as only who knows the format can make it. */
    private String forged(Object parameters) throws Exception {
        Fitting forging = new Fitting() {
            @Override
            public void add(Object[] values) {}

            @Override
            public Object parameters() {
                return parameters;
            }
        };
        return problem(Artifact.of(config, INPUT, new Artifact.FittedOn(0, "x", "00"), forging)
                .render());
    }

    private String problem(String content) throws Exception {
        Files.writeString(path, content);
        return problem();
    }

    private String problem() throws Exception {
        List<String> problems = new StepRunner(INPUT, config).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }
}
