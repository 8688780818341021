package io.datamill.step.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.schema.UndecodableException;
import io.datamill.testing.Mails;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventConfigTest {
    @Test
    void believesTimesFrom1990ToADayAheadUnlessToldOtherwise() {
        EventConfig event = new EventConfig("a", "b", null, "c", null, null, null);
        assertThat(event.lateAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(event.notBefore()).isEqualTo(LocalDate.of(1990, 1, 1));
        assertThat(event.ahead()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new EventConfig("a", "b", null, "c", Duration.ofMillis(-1), null, null))
                .hasMessageStartingWith("late-after ");
        assertThatThrownBy(() -> new EventConfig("a", "b", null, "c", null, LocalDate.of(1969, 12, 31), null))
                .hasMessageStartingWith("not-before ");
        assertThatThrownBy(() -> new EventConfig("a", "b", null, "c", null, null, Duration.ofDays(31)))
                .hasMessageStartingWith("ahead ");
    }

    @Test
    void reportsEveryFieldThatDoesNotFit() {
        List<String> problems = new ArrayList<>();
        new EventConfig("event_id", "size_bytes", null, "orgid", null, null, null)
                .check(Mails.adapter().schema(), (option, message) -> problems.add(option + ": " + message));
        assertThat(problems)
                .containsExactly(
                        "time: field 'size_bytes' is long, expected a timestamp",
                        "tenant: no field 'orgid'; did you mean 'org_id'?");
    }

    @Test
    void hasNoReasonTwice() {
        List<String> ofFormat = Arrays.stream(UndecodableException.Reason.values())
                .map(Enum::name)
                .toList();
        assertThat(Arrays.stream(HeaderReason.values()).map(Enum::name)).doesNotContainAnyElementsOf(ofFormat);
    }
}
