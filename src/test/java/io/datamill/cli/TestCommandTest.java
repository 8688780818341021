package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void runsAWholePipelineAndSingleSteps() throws Exception {
        write("p.yaml", """
                pipeline: edits
                source: { kinesis: { stream: "${env:NO_SUCH_STREAM}", start: latest } }
                adapter: { json: { fields: { page: string, user: string, size: int, at: timestamp } } }
                event: { time: at, tenant: user }
                steps:
                  - filter: "size > int('${env:LEAST:-1}')"
                sinks: [ { postgres: { url: "${env:NO_SUCH_URL}", table: t, columns: [page] } } ]
                branches:
                  bots:
                    when: "user == 'bot'"
                    steps: [ { derive: { twice: "size * 2" } } ]
                    sinks: [ { postgres: { url: "${env:NO_SUCH_URL}", table: t, columns: [page] } } ]
                rejects: { s3: { path: "${env:NO_SUCH_LAKE}" } }
                ledger: { url: "${env:NO_SUCH_URL}" }
                """.replace("int('${env:LEAST:-1}')", "1"));
        write("records.json", """
                {"page": "a", "user": "ann", "size": 5, "at": "2026-01-01T00:00:00Z"}
                {"page": "b", "user": "ann", "size": 0, "at": "2026-01-01T00:00:00Z"}
                """);
        write("cases.yaml", """
                pipeline: p.yaml
                cases:
                  - name: small edits go
                    input:
                      - { page: a, user: ann, size: 5, at: 2026-01-01T00:00:00Z }
                      - { page: b, user: ann, size: 1, at: 2026-01-01T00:00:00Z }
                      - '{"page": "c", "user": "bob", "size": 9, "at": "2026-01-01T00:00:00Z"}'
                    output: [ { page: c, user: bob }, { page: a } ]
                    summary: { in: 3, out: 2, filtered: 1, rejected: 0 }
                  - name: a branch
                    input: [ { page: a, user: bot, size: 5, at: 2026-01-01T00:00:00Z } ]
                    branch: bots
                    output: { page: a, twice: 10 }
                  - name: what is no edit
                    input: [ "base64:AAA=", { page: a, user: ann, size: big, at: 2026-01-01T00:00:00Z } ]
                    output: []
                    rejects: [ { reason: WRONG_TYPE, message: size }, { step: adapter } ]
                  - name: from a file
                    input-file: records.json
                    output: { page: a }
                  - step: { filter: "n > 1" }
                    fields: { n: int }
                    input: [ { n: 1 }, { n: 2 } ]
                    output: { n: 2 }
                    exact: true
                """);

        assertThat(run("cases.yaml")).as(out.toString() + err).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceAll("/\\S*/", "")))
                .containsExactly(
                        "ok      cases.yaml: small edits go",
                        "ok      cases.yaml: a branch",
                        "ok      cases.yaml: what is no edit",
                        "ok      cases.yaml: from a file",
                        "ok      cases.yaml: case 5 (filter)",
                        "5 cases: 5 ok, 0 failed");
    }

    @Test
    void showsWhatIsNotAsExpected() throws Exception {
        write("cases.yaml", """
                cases:
                  - name: wrong
                    step: { derive: { twice: "n * 2" } }
                    fields: { n: int }
                    input: [ { n: 1 }, { n: x } ]
                    output: { n: 1, twice: 3 }
                    summary: { in: 1, twice: 1 }
                  - name: no such field
                    step: { filter: "m > 1" }
                    fields: { n: int }
                    input: { n: 1 }
                    output: []
                  - { name: nothing to test, input: { n: 1 }, output: [] }
                """);

        assertThat(run("cases.yaml")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "output[0].twice: expected 3, but was 2",
                        "rejects: expected 0, but there is 1",
                        "\"reason\":\"WRONG_TYPE\"",
                        "summary.in: expected 1, but was 2",
                        "summary.twice: no such count; there is ",
                        "steps[0].filter: column 1: no field 'm'",
                        "expected 'fields' before the step, an 'adapter', or a 'pipeline' at the top of the file",
                        "3 cases: 0 ok, 3 failed");
    }

    @Test
    void tellsEveryMistakeOfAFileWithItsPlace() throws Exception {
        write("cases.yaml", """
                cases:
                  - { name: a, inptu: { n: 1 }, ordered: maybe }
                """);

        assertThat(run("cases.yaml")).isEqualTo(1);
        assertThat(err.toString().lines().map(line -> line.replaceAll("/\\S*/", "")))
                .containsExactly(
                        "cases.yaml:2:16: cases[0].inptu: no option 'inptu'; did you mean 'input'?",
                        "cases.yaml:2:42: cases[0].ordered: expected true or false, but read 'maybe'");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private int run(String file) {
        return Datamill.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("test", folder.resolve(file).toString());
    }
}
