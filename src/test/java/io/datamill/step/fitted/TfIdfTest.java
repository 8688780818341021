package io.datamill.step.fitted;

import static io.datamill.step.fitted.Learner.CLOSE;
import static io.datamill.step.fitted.Learner.assertClose;
import static io.datamill.step.fitted.Learner.file;
import static io.datamill.step.fitted.Learner.fitted;
import static io.datamill.step.fitted.Learner.learn;
import static io.datamill.step.fitted.Learner.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.config.Reference;
import io.datamill.schema.TypeText;
import io.datamill.testing.StepRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TfIdfTest {
    private static final Schema TEXT = schema("text", "string?");

    /** The corpus of scikit-learn's documentation of TfidfVectorizer and of its user guide, 7.2.3.5. */
    private static final List<Object[]> CORPUS = texts(
            "This is the first document.",
            "This document is the second document.",
            "And this is the third one.",
            "Is this the first document?");

    @TempDir
    private Path folder;

    @Test
    void vocabularyAgreesWithScikitLearn() throws Exception {
        JsonNode learned = learn(TEXT, vocabulary(null, null), CORPUS).parameters();
        // get_feature_names_out() as documented; idf by hand: ln(5/2)+1, ln(5/4)+1, ln(5/3)+1, 1.
        assertThat(learned.get("terms"))
                .extracting(JsonNode::asText)
                .containsExactly("and", "document", "first", "is", "one", "second", "the", "third", "this");
        double[] idf = {1, 3, 2, 4, 1, 1, 4, 1, 4};
        for (int i = 0; i < idf.length; i++) {
            assertThat(learned.get("idf").get(i).doubleValue()).isCloseTo(Math.log(5 / (1 + idf[i])) + 1, CLOSE);
        }
        StepRunner step = fitted(TEXT, vocabulary(null, null), CORPUS);
        assertThat(TypeText.of(step.output())).isEqualTo("{text: string?, v: array<double>?}");
        // fit_transform(corpus) of scikit-learn 1.9.1.
        double first = 0.46979138557992045;
        double common = 0.38408524091481483;
        assertClose(
                step.run("This is the first document.")[1],
                0,
                first,
                0.5802858236844359,
                common,
                0,
                0,
                common,
                0,
                common);
        double often = 0.281088674033753;
        assertClose(
                step.run("This document is the second document.")[1],
                0,
                0.6876235979836938,
                0,
                often,
                0,
                0.5386476208856763,
                often,
                0,
                often);
    }

    @Test
    void termsThatWereNotInTheSampleDoNotCount() throws Exception {
        StepRunner step = fitted(TEXT, vocabulary(null, null), CORPUS);
        assertThat(step.run("First! unheard-of")[1]).isEqualTo(step.run("first")[1]);
        assertThat((List<?>) step.run("nothing known")[1])
                .allMatch(Double.valueOf(0)::equals)
                .hasSize(9);
        assertThat(step.run(new Object[] {null})).containsExactly(null, null);
    }

    @Test
    void takesTheTermsOfMostTextsAndOfEqualsTheFirst() throws Exception {
        assertThat(learn(TEXT, vocabulary(4, null), CORPUS).parameters().get("terms"))
                .extracting(JsonNode::asText)
                .containsExactly("document", "is", "the", "this");
        assertThat(learn(TEXT, vocabulary(6, null), CORPUS).parameters().get("terms"))
                .extracting(JsonNode::asText)
                .containsExactly("and", "document", "first", "is", "the", "this");
        assertThat(learn(TEXT, vocabulary(null, 2), CORPUS).parameters().get("terms"))
                .extracting(JsonNode::asText)
                .containsExactly("document", "first", "is", "the", "this");
        assertThatThrownBy(() -> learn(TEXT, vocabulary(null, 5), CORPUS))
                .hasMessage("field 'text' has no term that is in 5 or more of the sample's 4 texts");
        assertThatThrownBy(() -> learn(TEXT, vocabulary(null, null), texts((String) null)))
                .hasMessage("field 'text' has no value in the sample's 1 rows");
    }

    @Test
    void hashesTermsIntoBuckets() throws Exception {
        assertThat(Buckets.of("hello", Integer.MAX_VALUE)).isEqualTo(0x248bfa47);
        StepRunner step = new StepRunner(TEXT, hashing(null, 8));
        List<?> vector = (List<?>) step.run("hello hello world")[1];
        // MurmurHash3 x86 32, seed 0, of "hello" is 0x248bfa47 and of "world" 0xfb963cfb (as in the reference
        // implementation by A. Appleby): modulo 8 they are 7 and 3.
        assertClose(vector, 0, 0, 0, 1 / Math.sqrt(5), 0, 0, 0, 2 / Math.sqrt(5));
    }

    @Test
    void weighsBucketsByTheSample() throws Exception {
        var config = hashing(file(folder), 8);
        StepRunner step = fitted(TEXT, config, texts("hello", "hello hello world", null, "hello"));
        double hello = Math.log(4 / 4.0) + 1;
        double world = Math.log(4 / 2.0) + 1;
        double length = Math.hypot(hello, world);
        assertClose(step.run("World, hello")[1], 0, 0, 0, world / length, 0, 0, 0, hello / length);
    }

    @Test
    void everyTextOfTheSampleHasLengthOne() throws Exception {
        StepRunner step = fitted(TEXT, vocabulary(null, null), CORPUS);
        for (Object[] text : CORPUS) {
            double squares = ((List<?>) step.run(text)[1])
                    .stream().mapToDouble(v -> (Double) v * (Double) v).sum();
            assertThat(squares).isCloseTo(1, CLOSE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Straße, ÉTÉ 2026|straße été 2026",
                "a bb c1|bb c1",
                "don't|don",
                "日本 \uD835\uDC00\uD835\uDC01|日本 \uD835\uDC00\uD835\uDC01",
                "\uD800ab\uDC00cd|ab cd",
                "foo_bar|foo bar"
            })
    void cutsTextsIntoTerms(String text, String terms) {
        assertThat(terms(text, 2, 1_000)).isEqualTo(terms);
    }

    @Test
    void readsOnlySoMuch() {
        assertThat(terms("one two three", 2, 8)).isEqualTo("one two");
        assertThat(terms("x".repeat(65) + " " + "y".repeat(64), 2, 1_000)).isEqualTo("y".repeat(64));
        assertThat(terms("one t", 1, 1_000)).isEqualTo("one t");
    }

    @Test
    void tellsOfOtherOptionsThanThoseItWasFittedWith() throws Exception {
        fitted(TEXT, vocabulary(null, null), CORPUS);
        var shorter = new TfIdf.Config("text", "v", file(folder), null, null, null, 1, null, null);
        for (TfIdf.Config other : List.of(shorter, hashing(file(folder), 9))) {
            assertThat(new StepRunner(TEXT, other).problems())
                    .singleElement()
                    .asString()
                    .matches("fitted: step.json@[0-9a-f]{12} was fitted with other options: fit it again");
        }
    }

    @Test
    void refusesOptionsThatCannotBe() throws Exception {
        assertThatThrownBy(() -> new TfIdf.Config("text", "v", null, null, null, null, null, null, null))
                .hasMessageStartingWith("fitted is missing");
        assertThatThrownBy(() -> hashing(null, 1)).hasMessage("buckets: expected 2 to 4096, but read 1");
        assertThatThrownBy(() -> new TfIdf.Config("text", "v", null, 8, null, null, null, null, "by"))
                .hasMessageStartingWith("version-as: ");
        assertThat(new StepRunner(schema("text", "int"), hashing(null, 8)).problems())
                .containsExactly("field: field 'text' is int, expected string");
    }

    private static String terms(String text, int minLength, int maxChars) {
        List<String> found = new ArrayList<>();
        new Terms(minLength, maxChars).of(text, found::add);
        return String.join(" ", found);
    }

    private static List<Object[]> texts(String... texts) {
        return Arrays.stream(texts).map(text -> new Object[] {text}).toList();
    }

    private TfIdf.Config vocabulary(Integer maxTerms, Integer minDf) {
        return new TfIdf.Config("text", "v", file(folder), null, maxTerms, minDf, null, null, null);
    }

    private static TfIdf.Config hashing(Reference fitted, int buckets) {
        return new TfIdf.Config("text", "v", fitted, buckets, null, null, null, null, null);
    }
}
