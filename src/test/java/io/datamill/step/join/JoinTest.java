package io.datamill.step.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Durations;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.TypeText;
import io.datamill.step.JoinStep;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import io.datamill.testing.InMemoryState;
import io.datamill.testing.KeyedRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class JoinTest {
    static final Schema ORDERS = KeyedRunner.schema("order string?", "amount int");

    /** Of the same name as the stream's, as all schemas of the YAML are. */
    static final Schema SHIPMENTS = KeyedRunner.schema("ref string?", "carrier enum(dhl,ups)", "weight double?");

    static final long NOON = Events.ARRIVAL;
    static final long MINUTE = 60_000;

    static Join.Config config(String before, String after, Join.Kind kind, Integer keep) {
        return new Join.Config(
                "shipped",
                "shipments",
                Map.of("order", "ref"),
                null,
                Durations.parse(before),
                Durations.parse(after),
                "shipment",
                kind,
                keep);
    }

    static Planning planning(List<String> problems) {
        var surroundings = new Planning.Surroundings(Map.of("shipments", SHIPMENTS), true, true);
        return new Planning(ORDERS, surroundings, (option, message) -> problems.add(option + ": " + message));
    }

    private final InMemoryState state = new InMemoryState();
    private JoinStep step;
    private int sent;

    private void open(Join.Config config) throws Exception {
        List<String> problems = new ArrayList<>();
        step = (JoinStep) config.plan(planning(problems));
        assertThat(problems).isEmpty();
        step.open(state, ORDERS, SHIPMENTS);
    }

    private void order(long time, String order) throws Exception {
        Event event = KeyedRunner.event(sent++, time, order, 5);
        state.select("acme|" + order);
        step.applyStream(new Event(event.header(), "acme|" + order, event.values()));
    }

    private void shipment(long time, String ref) throws Exception {
        Object carrier =
                new GenericData.EnumSymbol(SHIPMENTS.getField("carrier").schema(), "ups");
        Event event = KeyedRunner.event(sent++, time, ref, carrier, null);
        state.select("acme|" + ref);
        step.applyInput(new Event(event.header(), "acme|" + ref, event.values()));
    }

    private void advance(long watermark) throws Exception {
        state.advance(watermark, time -> step.onTimer(time));
    }

    private List<String> ids() {
        List<String> ids = state.emitted().stream()
                .map(event -> event.header().id() + " at " + (event.header().time() - NOON) / MINUTE)
                .toList();
        state.emitted().clear();
        return ids;
    }

    @Test
    void pairsEachEventWithThoseOfTheOtherInputNearItsTime() throws Exception {
        open(config("5m", "10m", null, null));
        order(NOON, "a"); // id-0
        shipment(NOON - 5 * MINUTE, "a");
        shipment(NOON - 5 * MINUTE - 1, "a");
        shipment(NOON + 10 * MINUTE, "a");
        shipment(NOON + 10 * MINUTE + 1, "a");
        shipment(NOON, "b");
        assertThat(ids()).containsExactly("id-0~id-1 at 0", "id-0~id-3 at 10");
        order(NOON + MINUTE, "a");
        assertThat(ids()).containsExactlyInAnyOrder("id-6~id-3 at 10", "id-6~id-4 at 10");
        assertThat(step.dropped()).isEqualTo(Fate.ABSORBED);
    }

    @Test
    void givesTheStreamsFieldsAndARecordOfTheOthers() throws Exception {
        open(config("0s", "1m", null, null));
        shipment(NOON, "a");
        order(NOON, "a");
        Event pair = state.emitted().get(0);
        GenericRecord shipment = (GenericRecord) pair.values()[2];
        assertThat(pair.values()).startsWith("a", 5).hasSize(3);
        assertThat(pair.key()).isEqualTo("acme|a");
        assertThat(pair.header().source().data()).as("the stream's own record").containsExactly(1);
        assertThat(shipment.get("ref")).isEqualTo("a");
        assertThat(shipment.get("carrier")).hasToString("ups");
        assertThat(shipment.get("weight")).isNull();

        List<String> problems = new ArrayList<>();
        Planning planning = planning(problems);
        config("0s", "1m", Join.Kind.LEFT, null).plan(planning);
        Schema again = new Schema.Parser().parse(planning.output().toString());
        assertThat(TypeText.of(again))
                .isEqualTo("{order: string?, amount: int, shipment: {ref: string?, carrier: enum(dhl,ups),"
                        + " weight: double?}?}");
    }

    @Test
    void forgetsWhatNothingCanMeetAnyMore() throws Exception {
        open(config("5m", "10m", null, null));
        order(NOON, "a");
        shipment(NOON, "b");
        advance(NOON + 5 * MINUTE - 1);
        order(NOON, "b"); // Behind the watermark, and still in time.
        assertThat(ids()).hasSize(1);
        advance(NOON + 5 * MINUTE);
        order(NOON, "b");
        assertThat(ids()).isEmpty();
        advance(NOON + 10 * MINUTE);
        assertThat(state.isEmpty()).isTrue();
        assertThat(state.pendingTimers()).isZero();
        order(NOON, "a");
        assertThat(step.dropped()).isEqualTo(Fate.LATE);
        shipment(NOON, "a");
        assertThat(step.dropped()).isEqualTo(Fate.LATE);
        assertThat(state.isEmpty()).isTrue();
        assertThat(ids()).isEmpty();
    }

    @Test
    void givesAnEventThatHasMetNoneOnceWhereItIsALeftJoin() throws Exception {
        open(config("0s", "10m", Join.Kind.LEFT, null));
        order(NOON, "a"); // id-0
        order(NOON, "b");
        order(NOON, null); // Fits nothing, so it need not wait.
        assertThat(ids()).containsExactly("id-2 at 10");
        shipment(NOON + MINUTE, "b"); // id-3
        shipment(NOON + MINUTE, "b"); // id-4
        shipment(NOON, null);
        assertThat(ids()).containsExactly("id-1~id-3 at 1", "id-1~id-4 at 1");
        advance(NOON + 10 * MINUTE - 1);
        assertThat(ids()).isEmpty();
        advance(NOON + 10 * MINUTE);
        assertThat(state.emitted().get(0).values()).containsExactly("a", 5, null);
        assertThat(ids()).containsExactly("id-0 at 10");
        order(NOON, "c"); // Too late for any other.
        assertThat(ids()).containsExactly("id-6 at 10");
        advance(Long.MAX_VALUE);
        assertThat(ids()).isEmpty();
        assertThat(state.isEmpty()).isTrue();
    }

    @Test
    void rejectsWhatIsMoreThanMayWaitUnderAKey() throws Exception {
        open(config("1m", "1m", null, 2));
        order(NOON, "a");
        order(NOON, "a");
        assertThatThrownBy(() -> order(NOON, "a"))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("2 events of the stream wait under this key, expected up to 2")
                .extracting("reason")
                .isEqualTo("TOO_MANY_MATCHES");
        shipment(NOON, "a");
        shipment(NOON + 1, "a");
        assertThatThrownBy(() -> shipment(NOON + 1, "a"))
                .hasMessage("2 events of the input wait under this key, expected up to 2");
        assertThat(ids()).hasSize(4);
        order(NOON, "b");
        advance(NOON + MINUTE);
        order(NOON + 2 * MINUTE, "a");
    }

    @Test
    void namesEveryMistakeOfItsOptions() {
        List<String> problems = new ArrayList<>();
        Join.Config wrong = new Join.Config(
                "shipped",
                "shipments",
                Map.of("order", "wieght"),
                Duration.ofMinutes(1),
                null,
                null,
                "amount",
                null,
                null);
        assertThat(wrong.plan(planning(problems))).isNull();
        assertThat(new Join.Config(
                                "shipped",
                                "shipments",
                                Map.of("amount", "ref"),
                                Duration.ofMinutes(1),
                                null,
                                null,
                                "s",
                                null,
                                null)
                        .plan(planning(problems)))
                .isNull();
        assertThat(new Join.Config(
                                "shipped",
                                "shipmnts",
                                Map.of("order", "ref"),
                                Duration.ofMinutes(1),
                                null,
                                null,
                                "s",
                                null,
                                null)
                        .plan(planning(problems)))
                .isNull();
        assertThat(problems)
                .containsExactly(
                        "on.order: in input 'shipments': no field 'wieght'; did you mean 'weight'?",
                        "as: field 'amount' is there already; choose another name",
                        "on.amount: field 'amount' is int, but 'ref' of input 'shipments' is string?",
                        "with: no input 'shipmnts' that can be joined here; did you mean 'shipments'?");
        assertThatThrownBy(() -> new Join.Config("j", "x", Map.of("a", "b"), null, null, null, "s", null, null))
                .hasMessageStartingWith("within is missing");
        assertThatThrownBy(() ->
                        new Join.Config("j", "x", Map.of("a", "b"), Duration.ofDays(31), null, null, "s", null, null))
                .hasMessage("within is 31d, expected up to 30d");
    }
}
