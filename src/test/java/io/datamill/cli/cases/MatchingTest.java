package io.datamill.cli.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchingTest {
    @Test
    void theOrderDoesNotMatterUnlessItHasTo() throws Exception {
        assertThat(differences("[{\"a\": 1}, {\"a\": 2}]", "[{\"a\": 2}, {\"a\": 1}]", false, false)).isEmpty();
        assertThat(differences("[{\"a\": 1}, {\"a\": 2}]", "[{\"a\": 2}, {\"a\": 1}]", false, true))
                .containsExactly("output[0].a: expected 1, but was 2", "output[1].a: expected 2, but was 1");
    }

    @Test
    void comparesTheNamedFieldsUnlessExact() throws Exception {
        assertThat(differences("[{\"a\": 1}]", "[{\"a\": 1, \"b\": 2}]", false, false)).isEmpty();
        assertThat(differences("[{\"a\": 1}]", "[{\"a\": 1, \"b\": 2}]", true, false))
                .containsExactly("output[0].b: not expected, but there is 2");
        assertThat(differences("[{\"g\": {\"a\": 1}}]", "[{\"g\": {\"a\": 1, \"b\": 2}}]", false, false)).isEmpty();
    }

    @Test
    void findsThePairsEvenWhereAnExpectedOneFitsSeveral() throws Exception {
        assertThat(differences("[{\"a\": 1}, {\"a\": 1, \"b\": 2}]", "[{\"a\": 1, \"b\": 2}, {\"a\": 1, \"b\": 3}]", false, false))
                .isEmpty();
    }

    @Test
    void showsAnUnexpectedOneBesideWhatItIsMostLike() throws Exception {
        assertThat(differences("[{\"k\": \"x\", \"n\": 1}]", "[{\"k\": \"y\", \"n\": 9}, {\"k\": \"x\", \"n\": 2}]", false, false))
                .containsExactly(
                        "output: expected 1, but there are 2",
                        "output[0].n: expected 1, but was 2",
                        "output: not expected, but there is {\"k\":\"y\",\"n\":9}");
        assertThat(differences("[{\"k\": 1}]", "[]", false, false))
                .containsExactly("output: expected 1, but there are 0", "output[0]: expected {\"k\":1}, but there is no such");
    }

    @Test
    void takesNumbersAndTimesThatAreTheSameForTheSame() throws Exception {
        assertThat(differences("[{\"n\": 1, \"t\": \"2026-01-31T12:00:00Z\"}]", "[{\"n\": 1.0, \"t\": \"2026-01-31T12:00:00.000Z\"}]", true, false))
                .isEmpty();
        assertThat(differences("[{\"n\": 0.3333333333}]", "[{\"n\": 0.33333333333333331}]", true, false)).isEmpty();
        assertThat(differences("[{\"n\": 0.33333333}]", "[{\"n\": 0.33333333333333331}]", true, false)).hasSize(1);
        assertThat(differences("[{\"n\": 0}]", "[{\"n\": 0.0000001}]", true, false)).hasSize(1);
        assertThat(differences("[{\"n\": \"1\"}]", "[{\"n\": 1}]", true, false)).hasSize(1);
        assertThat(differences("[{\"n\": null}]", "[{\"m\": 1}]", false, false))
                .containsExactly("output[0].n: expected null, but there is no such field");
    }

    @Test
    void comparesListsElementByElement() throws Exception {
        assertThat(differences("[{\"l\": [1, 2]}]", "[{\"l\": [1, 3]}]", true, false))
                .containsExactly("output[0].l[1]: expected 2, but was 3");
        assertThat(differences("[{\"l\": [1]}]", "[{\"l\": [1, 3]}]", true, false)).hasSize(1);
    }

    private static List<String> differences(String expected, String actual, boolean exact, boolean ordered)
            throws Exception {
        return Matching.differences(list(expected), list(actual), exact, ordered, "output");
    }

    private static List<JsonNode> list(String json) throws Exception {
        List<JsonNode> list = new ArrayList<>();
        new ObjectMapper().readTree(json).forEach(list::add);
        return list;
    }
}
