package io.datamill.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

class KinesisWriterTest {
    /** Takes what it is told to take, and remembers each call. */
    private static final class FakeStream implements RecordPort {
        private final List<List<Entry>> calls = new ArrayList<>();
        private final List<String> taken = new ArrayList<>();
        private final BiPredicate<Integer, Entry> refuses;

        /** @param refuses call number from 1, and record */
        FakeStream(BiPredicate<Integer, Entry> refuses) {
            this.refuses = refuses;
        }

        @Override
        public List<Failure> put(List<Entry> batch) {
            calls.add(List.copyOf(batch));
            List<Failure> failures = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                if (refuses.test(calls.size(), batch.get(i))) {
                    failures.add(new Failure(i, "ProvisionedThroughputExceededException", "slow down"));
                } else {
                    taken.add(text(batch.get(i)));
                }
            }
            return failures;
        }
    }

    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void onlyTheRefusedPartIsPutAgainInItsOrderAndBeforeAnythingNewer() {
        FakeStream stream =
                new FakeStream((call, entry) -> call <= 2 && entry.key().equals("k1"));
        try (KinesisWriter writer = writer(stream)) {
            for (int i = 0; i < 501; i++) {
                writer.add("k" + i % 3, bytes(i));
            }
            assertThat(stream.calls).extracting(List::size).containsExactly(500, 167, 167);
        }

        assertThat(stream.calls).extracting(List::size).containsExactly(500, 167, 167, 1);
        for (int key = 0; key < 3; key++) {
            int of = key;
            assertThat(stream.taken.stream().map(Integer::parseInt).filter(i -> i % 3 == of))
                    .hasSize(167)
                    .isSorted();
        }
        assertThat(pauses).hasSize(2);
    }

    @Test
    void waitsLongerEachTimeThenSaysHowManyWereSent() {
        FakeStream stream = new FakeStream((call, entry) -> text(entry).equals("7"));
        KinesisWriter writer = writer(stream);
        for (int i = 0; i < 10; i++) {
            writer.add("k", bytes(i));
        }

        assertThatThrownBy(writer::flush)
                .isInstanceOf(UnsentRecordsException.class)
                .hasMessage("9 records were sent; the next 1 were not: after 10 attempts: "
                        + "{ProvisionedThroughputExceededException=1}, such as 'slow down'");
        assertThat(stream.calls).hasSize(10);
        assertThat(pauses).hasSize(9).allMatch(pause -> pause.toMillis() >= 50 && pause.toMillis() <= 5_000);
        assertThat(pauses.get(8).toMillis()).isGreaterThanOrEqualTo(2_500);
        assertThat(writer.sent()).isEqualTo(9);
    }

    @Test
    void aCallThatFailsAltogetherSaysHowManyWereSent() {
        RecordPort broken = batch -> {
            throw new IllegalStateException("stream not found");
        };
        KinesisWriter writer = new KinesisWriter(broken, pauses::add);
        writer.add("k", bytes(1));

        assertThatThrownBy(writer::flush)
                .isInstanceOf(UnsentRecordsException.class)
                .hasMessage("0 records were sent; the next 1 were not: stream not found");
    }

    @Test
    void aBatchHoldsNoMoreThanFiveMebibytes() {
        FakeStream stream = new FakeStream((call, entry) -> false);
        try (KinesisWriter writer = writer(stream)) {
            for (int i = 0; i < 11; i++) {
                writer.add("k", new byte[1_000_000]);
            }
        }

        assertThat(stream.calls).extracting(List::size).containsExactly(5, 5, 1);
    }

    @Test
    void takesARecordOfJustOneMebibyteWithItsKeyAndNoneLarger() {
        FakeStream stream = new FakeStream((call, entry) -> false);
        try (KinesisWriter writer = writer(stream)) {
            writer.add("k", new byte[(1 << 20) - 1]);

            assertThatThrownBy(() -> writer.add("k", new byte[1 << 20]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1048577 bytes");
            assertThatThrownBy(() -> writer.add("", bytes(1))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(stream.taken).hasSize(1);
    }

    private KinesisWriter writer(RecordPort port) {
        return new KinesisWriter(port, pauses::add);
    }

    private static byte[] bytes(int i) {
        return Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(RecordPort.Entry entry) {
        return new String(entry.data(), StandardCharsets.US_ASCII);
    }
}
