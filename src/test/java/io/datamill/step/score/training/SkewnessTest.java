package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SkewnessTest {
    private final Random random = new Random(1);

    @Test
    void takesTheLogarithmOfSizesAndCounts() {
        assertThat(mended(DoubleStream.generate(() -> Math.exp(3 * random.nextGaussian()))))
                .isTrue();
        assertThat(mended(DoubleStream.generate(() -> Math.floor(-5 * Math.log(random.nextDouble())))))
                .isTrue();
    }

    @Test
    void leavesAloneWhatIsEvenNegativeOrYesAndNo() {
        assertThat(mended(DoubleStream.generate(random::nextDouble))).isFalse();
        assertThat(mended(DoubleStream.generate(() -> Math.exp(random.nextGaussian()) - 1)))
                .isFalse();
        assertThat(mended(DoubleStream.generate(() -> random.nextInt(20) == 0 ? 1 : 0)))
                .isFalse();
        assertThat(mended(DoubleStream.generate(() -> Double.NaN))).isFalse();
    }

    private static boolean mended(DoubleStream numbers) {
        return Skewness.mendedByLogarithm(numbers.limit(1_000).toArray());
    }
}
