package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlStep;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.ExpandingStep;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ExplodeTest {
    private static final Schema ORDER = SchemaBuilder.record("Order")
            .fields()
            .name("items")
            .type(Schema.createArray(Schema.create(Schema.Type.INT)))
            .noDefault()
            .endRecord();

    @Test
    void givesOneEventForEachElement() throws Exception {
        YamlStep step = new YamlStep(
                "{ explode: { field: items, as: item, index-as: i } }", "{ id: string, items: [{ n: int }], x: long? }");

        assertThat(step.output()).isEqualTo("{id: string, item: {n: int}, x: long?, i: int}");
        assertThat(step.run("{ id: a, items: [{ n: 5 }, { n: 6 }], x: 1 }"))
                .isEqualTo("{id: a, item: {n: 5}, x: 1, i: 0}\n{id: a, item: {n: 6}, x: 1, i: 1}");
        assertThat(step.run("{ id: a, items: [] }")).isEmpty();
    }

    @Test
    void keepsAnEventWithoutElementsWhereAsked() throws Exception {
        YamlStep step = new YamlStep(
                "{ explode: { field: items, index-as: i, empty: keep } }", "{ id: string, items: array<int>? }");

        assertThat(step.output()).isEqualTo("{id: string, items: int?, i: int?}");
        assertThat(step.run("{ id: a, items: null }")).isEqualTo("{id: a, items: null, i: null}");
        assertThat(step.run("{ id: a, items: [] }")).isEqualTo("{id: a, items: null, i: null}");
        assertThat(step.run("{ id: a, items: [7] }")).isEqualTo("{id: a, items: 7, i: 0}");
    }

    @Test
    void givesTheEntriesOfAMap() throws Exception {
        YamlStep step = new YamlStep("{ explode: { field: tags, as: tag } }", "{ tags: map<int> }");

        assertThat(step.output()).isEqualTo("{tag: int, tag_key: string}");
        assertThat(step.run("{ tags: { a: 1, b: 2 } }"))
                .isEqualTo("{tag: 1, tag_key: a}\n{tag: 2, tag_key: b}");
    }

    @Test
    void namesAPartByItsIndexOrKeySoThatAReplayGivesTheSame() throws Exception {
        List<Event> parts = exploded(Events.event("m", 7, List.of(1, 2)));
        assertThat(parts).extracting(part -> part.header().id()).containsExactly("m~0", "m~1");
        assertThat(parts).extracting(part -> part.header().time()).containsOnly(7L);

        Map<String, Integer> one = new LinkedHashMap<>(Map.of("a", 1));
        one.put("b", 2);
        Map<String, Integer> other = new LinkedHashMap<>(Map.of("b", 2));
        other.put("a", 1);
        Schema tags = SchemaBuilder.record("T").fields().name("items").type(Schema.createMap(Schema.create(Schema.Type.INT))).noDefault().endRecord();
        assertThat(ids(exploded(tags, Events.event("m", 7, one))))
                .containsExactlyInAnyOrderElementsOf(ids(exploded(tags, Events.event("m", 7, other))));
    }

    @Test
    void rejectsAnEventOfTooManyParts() {
        Assertions.assertThatThrownBy(() -> exploded(Events.event("m", 7, Collections.nCopies(10_001, 1))))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("10001 elements, expected at most 10000");
    }

    @Test
    void tellsWhatDoesNotFit() throws Exception {
        String fields = "{ items: array<int>, tags: map<int>, id: string }";
        assertThat(new YamlStep("{ explode: { field: id } }", fields).problems())
                .containsExactly("field: field 'id' is string, expected an array or a map");
        assertThat(new YamlStep("{ explode: { field: item } }", fields).problems())
                .containsExactly("field: no field 'item'; did you mean 'items'?");
        assertThat(new YamlStep("{ explode: { field: tags, index-as: i } }", fields).problems())
                .containsExactly("index-as: field 'tags' is a map, whose entries have no order; there is key-as");
        assertThat(new YamlStep("{ explode: { field: items, key-as: k } }", fields).problems())
                .containsExactly("key-as: field 'items' is an array, whose elements have no key; there is index-as");
        assertThat(new YamlStep("{ explode: { field: items, as: id } }", fields).problems())
                .containsExactly("as: field 'id' is there already; choose another name");
        assertThat(new YamlStep("{ explode: { field: items, index-as: id } }", fields).problems())
                .containsExactly("index-as: field 'id' is there already; choose another name");
        assertThat(new YamlStep("{ explode: { field: items, limit: 0 } }", fields).problems())
                .containsExactly("explode.limit: is 0, expected 1 to 100000");
    }

    private static List<Event> exploded(Event event) throws Exception {
        return exploded(ORDER, event);
    }

    private static List<Event> exploded(Schema schema, Event event) throws Exception {
        ExpandingStep step = (ExpandingStep) new Explode.Config("items", null, null, null, null, null)
                .plan(new Planning(schema, (option, message) -> Assertions.fail(option + message)));
        List<Event> parts = new ArrayList<>();
        step.apply(event, parts::add);
        return parts;
    }

    private static List<String> ids(List<Event> parts) {
        return parts.stream().map(part -> part.header().id() + part.values()[0]).toList();
    }
}
