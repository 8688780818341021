package io.datamill.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class EventKeyTest {
    private static final String LONG = "x".repeat(300);

    @Test
    void givesEachTupleItsOwnKey() {
        String[] texts = {
            null, "", "-", "|", "|-", "1:a", "a", "|1:a", "a|1:a", "#", LONG, LONG + "x", "\ud83d", "\ude00"
        };
        Map<String, List<String>> tuples = new HashMap<>();
        for (String tenant : new String[] {"acme", "acm", "a"}) {
            assertNew(tuples, EventKey.of(tenant), List.of(tenant));
            for (String one : texts) {
                assertNew(tuples, EventKey.of(tenant, one), Arrays.asList(tenant, one));
                for (String two : texts) {
                    assertNew(tuples, EventKey.of(tenant, one, two), Arrays.asList(tenant, one, two));
                }
            }
        }
        assertThat(tuples).hasSize(3 * (1 + texts.length + texts.length * texts.length));
    }

    private static void assertNew(Map<String, List<String>> tuples, String key, List<String> tuple) {
        assertThat(tuples.put(key, tuple)).as("other tuple of %s", key).isNull();
    }

    @Test
    void isTheSameForAnEqualTuple() {
        assertThat(EventKey.of("acme", "a.example", 5L)).isEqualTo("acme|9:a.example|1:5");
    }

    @Test
    void staysShortWhateverASenderPutsIn() {
        assertThat(EventKey.of("acme", "y".repeat(1 << 20))).hasSizeLessThan(100);
    }

    @Test
    void tellsAPositionFromATuple() {
        String key = EventKey.ofPosition(new Position("s", "shardId-0", "12", 0));
        assertThat(key).isEqualTo("#s/shardId-0/12");
        assertThat(EventKey.isPosition(key)).isTrue();
        assertThat(EventKey.isPosition(EventKey.of("acme", "#"))).isFalse();
    }

    @Test
    void holdsScalarsOnly() {
        assertThat(EventKey.canHold(Schema.create(Schema.Type.STRING))).isTrue();
        assertThat(EventKey.canHold(SchemaBuilder.nullable().longType())).isTrue();
        assertThat(EventKey.canHold(Schema.create(Schema.Type.DOUBLE))).isFalse();
        assertThat(EventKey.canHold(Schema.createArray(Schema.create(Schema.Type.STRING))))
                .isFalse();
        assertThat(EventKey.canHold(Schema.createUnion(
                        Schema.create(Schema.Type.NULL),
                        Schema.create(Schema.Type.STRING),
                        Schema.create(Schema.Type.INT))))
                .isFalse();
    }
}
