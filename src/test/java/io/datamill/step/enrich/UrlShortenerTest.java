package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.schema.SharedData;
import io.datamill.schema.TypeText;
import io.datamill.testing.StepRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlShortenerTest {
    @ParameterizedTest
    @CsvSource({
        "https://bit.ly/abc, true",
        "http://WWW.TinyURL.com:80/abc, true",
        "t.co, true",
        "https://x.page.link/abc, true",
        "https://x.bit.ly/abc, false",
        "https://bit.ly.example.com/abc, false",
        "https://example.com/?u=https://bit.ly/abc, false",
        "https://bit.ly@example.com/, false",
        "https://example.com@bit.ly/, true",
        "no url, false",
        "'', false",
        ", false",
    })
    void knowsAShortener(String url, boolean expected) throws Exception {
        assertThat(runner("string?", null).run(url)[1]).isEqualTo(expected);
    }

    @Test
    void looksAtEachOfSeveral() throws Exception {
        StepRunner runner = runner("array<string?>?", null);
        assertThat(runner.run(Arrays.asList("https://example.com", null, "https://bit.ly/a"))[1])
                .isEqualTo(true);
        assertThat(runner.run(List.of("https://example.com"))[1]).isEqualTo(false);
        assertThat(runner.run(List.of())[1]).isEqualTo(false);
        assertThat(runner.run((Object) null)[1]).isEqualTo(false);
    }

    @Test
    void takesAListOfOnesOwn(@TempDir Path folder) throws Exception {
        Path own = Files.writeString(folder.resolve("own"), "go.example.com\n.lnk.example\n");
        StepRunner runner = runner("string", own);
        assertThat(runner.run("http://go.example.com/x")[1]).isEqualTo(true);
        assertThat(runner.run("http://a.lnk.example/x")[1]).isEqualTo(true);
        assertThat(runner.run("http://example.com/x")[1]).isEqualTo(false);
        Files.writeString(own, "http://go.example.com/\n");
        assertThatThrownBy(() -> runner("string", own)).hasMessageContaining("own:1: expected a domain");
    }

    @Test
    void reportsAFieldOfAnotherType() throws Exception {
        assertThat(runner("array<long>", null).problems())
                .containsExactly("field: field 'url' is array<long>, expected a string or an array of strings");
    }

    /** Sublime's list has 352, many of them of one customer or ended. */
    @Test
    void sharesMuchWithAnotherList() throws Exception {
        StepRunner runner = runner("string", null);
        int both = 0;
        for (String host : Files.readAllLines(SharedData.find("sublime-static/url_shorteners.txt"))) {
            both += runner.run(host)[1].equals(true) ? 1 : 0;
        }
        assertThat(both).isGreaterThan(50);
    }

    private static StepRunner runner(String type, Path also) throws Exception {
        Schema input = Schema.createRecord(
                "R", null, null, false, List.of(new Schema.Field("url", TypeText.parse(type))));
        return new StepRunner(
                input, new UrlShortener.Config("url", "short", also == null ? null : new Reference(also.toString())));
    }
}
