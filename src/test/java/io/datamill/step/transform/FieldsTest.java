package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlStep;

import org.junit.jupiter.api.Test;

/** The verbs that name, move and remove fields: drop, rename, flatten. */
class FieldsTest {
    private static final String FIELDS = "{ a: string, b: long?, c: double }";

    @Test
    void dropKeepsTheOthersInTheirOrder() throws Exception {
        YamlStep step = new YamlStep("{ drop: [b] }", FIELDS);

        assertThat(step.output()).isEqualTo("{a: string, c: double}");
        assertThat(step.run("{ a: x, b: 1, c: 2 }")).isEqualTo("{a: x, c: 2.0}");
    }

    @Test
    void dropCountsAsReplacingSinceTheNameMayComeBack() throws Exception {
        assertThat(new YamlStep("{ drop: [b] }", FIELDS).planning().replaced()).containsExactly("b");
    }

    @Test
    void dropTellsUnknownAndRepeatedFields() throws Exception {
        assertThat(new YamlStep("{ drop: [a, b, a, cc] }", FIELDS).problems())
                .containsExactly("[2]: field 'a' is named twice", "[3]: no field 'cc'; did you mean 'c'?");
        assertThat(new YamlStep("{ drop: [a, b, c] }", FIELDS).problems())
                .containsExactly(": no field is left; keep at least one");
        assertThat(new YamlStep("{ drop: [] }", FIELDS).problems())
                .containsExactly("drop: expected the names of the fields to remove, such as [raw, debug]");
    }

    @Test
    void renameSwapsTwoFields() throws Exception {
        YamlStep step = new YamlStep("{ rename: { a: b, b: a } }", FIELDS);

        assertThat(step.output()).isEqualTo("{b: string, a: long?, c: double}");
        assertThat(step.run("{ a: x, b: null, c: 2 }")).isEqualTo("{b: x, a: null, c: 2.0}");
        assertThat(step.planning().replaced()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void renameTakesTheNameOfAFieldThatGetsAnother() throws Exception {
        YamlStep step = new YamlStep("{ rename: { a: b, b: d } }", FIELDS);

        assertThat(step.run("{ a: x, b: 1, c: 2 }")).isEqualTo("{b: x, d: 1, c: 2.0}");
    }

    @Test
    void renameTellsEachNameThatCannotBe() throws Exception {
        assertThat(new YamlStep("{ rename: { a: c, b: 2x, c: c, d: e } }", FIELDS).problems())
                .containsExactly(
                        "b: '2x' is no name for a field: letters, digits and _, no digit in front",
                        "c: field 'c' has that name already; leave it out",
                        "d: no field 'd'");
        assertThat(new YamlStep("{ rename: { a: c } }", FIELDS).problems())
                .containsExactly("a: field 'c' is there already; choose another name");
        assertThat(new YamlStep("{ rename: { a: n, b: n } }", FIELDS).problems())
                .containsExactly("b: field 'n' is there already; choose another name");
    }

    @Test
    void flattenReachesEveryDepthAndTakesOverNulls() throws Exception {
        YamlStep step = new YamlStep(
                "{ flatten: { fields: [g], separator: __ } }",
                "{ a: string, g: { x: int, h?: { y: string, z: { w: \"array<int>\" } } }, b: long }");

        assertThat(step.output())
                .isEqualTo("{a: string, g__x: int, g__h__y: string?, g__h__z__w: array<int>?, b: long}");
        assertThat(step.run("{ a: q, g: { x: 1, h: { y: s, z: { w: [1, 2] } } }, b: 5 }"))
                .isEqualTo("{a: q, g__x: 1, g__h__y: s, g__h__z__w: [1, 2], b: 5}");
        assertThat(step.run("{ a: q, g: { x: 1, h: null }, b: 5 }"))
                .isEqualTo("{a: q, g__x: 1, g__h__y: null, g__h__z__w: null, b: 5}");
    }

    @Test
    void flattenTellsClashes() throws Exception {
        assertThat(new YamlStep("{ flatten: { fields: [g] } }", "{ g: { x: int }, g_x: string }").problems())
                .containsExactly("fields[0]: would give field 'g_x', which is there already;"
                        + " rename that one or set separator");
        assertThat(new YamlStep(
                                "{ flatten: { fields: [g, h], separator: \"\" } }",
                                "{ g: { hx: int }, h: string }")
                        .problems())
                .containsExactly("fields[1]: field 'h' is string, expected a record");
        assertThat(new YamlStep("{ flatten: { fields: [gg, gg] } }", "{ g: { x: int } }").problems())
                .containsExactly(
                        "fields[0]: no field 'gg'; did you mean 'g'?", "fields[1]: no field 'gg'; did you mean 'g'?");
        assertThat(new YamlStep("{ flatten: { fields: [g], separator: . } }", "{ g: { x: int } }").problems())
                .containsExactly("flatten.separator: is '.', expected at most 8 letters, digits and _");
    }
}
