package io.datamill.step.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Alert;
import io.datamill.event.DriftFigure;
import io.datamill.event.DriftFigure.What;
import io.datamill.event.Observation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is compared, and how it is told. */
class ExpectationsTest {
    private static final long HOUR = 3600_000;
    private static final Expectations EXPECTED = new Expectations("step", HOUR, 100, Limits.DEFAULT);

    private final Habits habits = new Habits();

    @Test
    void givesTheTenWorstFeaturesAndAllThatAreTooFarOff() {
        assertThat(of(What.FEATURE, compare("acme", 0, seen("m@1", 25, 0))))
                .hasSize(10)
                .noneMatch(figure -> figure.measure().breached());
        assertThat(of(What.FEATURE, compare("acme", 0, seen("m@1", 25, 15)))).hasSize(15);
        assertThat(of(What.FEATURE, compare("acme", 0, seen("m@1", 25, 3))))
                .hasSize(10)
                .first()
                .matches(figure -> figure.measure().breached());
        assertThat(of(What.SCORE, compare("acme", 0, seen("m@1", 25, 0)))).hasSize(1);
    }

    @Test
    void tellsOfFieldsThatAreThereAndWereNot() {
        Observation seen = seen("m@1", 1, 0);
        seen.expectedAbsent[0] = 0.5;
        seen.absent[0] = 100;
        assertThat(of(What.NULLS, compare("acme", 0, seen)))
                .singleElement()
                .matches(figure -> figure.measure().breached())
                .matches(figure -> figure.measure().value() == 0.1);
    }

    @Test
    void aSmallTenantsVolumeIsNotTold() {
        for (int hour = 0; hour < 5; hour++) {
            compare("acme", hour, some(20));
        }
        assertThat(of(What.VOLUME, compare("acme", 5)))
                .singleElement()
                .matches(figure ->
                        !figure.measure().breached() && figure.measure().expected() == 20);
        assertThat(of(What.VOLUME, compare("acme", 6, some(10_000))))
                .allMatch(figure -> figure.measure().breached());
    }

    @Test
    void verdictsOfTooFewEventsAreNotLearnt() {
        for (int hour = 0; hour < 5; hour++) {
            assertThat(of(What.VERDICT, compare("acme", hour, some(99)))).isEmpty();
        }
        assertThat(habits.decided).isZero();
    }

    @Test
    void tellsTheFeaturesTogetherTheWorstFirst() {
        List<Alert> alerts = DriftAlerts.of(compare("acme", 3, seen("m@1", 9, 7)), 4 * HOUR);

        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).tenant()).isEqualTo("acme");
        assertThat(alerts.get(0).at()).isEqualTo(4 * HOUR);
        assertThat(alerts.get(0).text())
                .contains(
                        "PSI",
                        "allowed 0.25",
                        "; and 2 more. Window from 1970-01-01T03:00:00Z, 1000 events; step step");
    }

    @Test
    void anAlertIsThatOfItsTenantModelAndWorstFeature() {
        String one = id("acme", seen("m@1", 1, 1));

        assertThat(id("acme", seen("m@1", 1, 1))).isEqualTo(one);
        assertThat(id("other", seen("m@1", 1, 1))).isNotEqualTo(one);
        assertThat(id("acme", seen("m@2", 1, 1))).isNotEqualTo(one);
        Observation renamed = seen("m@1", 1, 1);
        renamed.names[0] = "y";
        assertThat(id("acme", renamed)).isNotEqualTo(one);
    }

    private String id(String tenant, Observation seen) {
        return DriftAlerts.of(compare(tenant, 0, seen), HOUR).get(0).id();
    }

    private List<DriftFigure> compare(String tenant, int hour, Observation... seen) {
        return EXPECTED.compare(tenant, hour * HOUR, List.of(seen), habits, true);
    }

    private static List<DriftFigure> of(What what, List<DriftFigure> figures) {
        return figures.stream().filter(figure -> figure.what() == what).toList();
    }

    /** Events of an unknown version, decided half and half. */
    private static Observation some(int events) {
        Observation seen = new Observation();
        seen.events = events;
        seen.verdicts = new long[] {events / 2, 0, events - events / 2};
        return seen;
    }

    /** A thousand events, of whose features the first ones are wholly elsewhere than in the training. */
    private static Observation seen(String model, int features, int moved) {
        Observation seen = new Observation();
        seen.model = model;
        seen.events = 1_000;
        seen.names = new String[features];
        seen.absent = new long[features];
        seen.expectedAbsent = new double[features];
        seen.counts = new long[features + 1][];
        seen.expected = new long[features + 1][];
        for (int i = 0; i <= features; i++) {
            seen.counts[i] = i > 0 && i <= moved ? new long[] {i, 1_000 - i} : new long[] {500, 500};
            seen.expected[i] = new long[] {500, 500};
            if (i < features) {
                seen.names[i] = "f" + i;
            }
        }
        return seen;
    }
}
