package io.datamill.step.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PsiTest {
    private static final int BINS = 10;

    @Test
    void isWhatOneReckonsByHand() {
        // Half an event more in each bin: shares 3.5/5 and 1.5/5 against 1.5/5 and 3.5/5.
        assertThat(Psi.of(new long[] {3, 1}, new long[] {1, 3})).isCloseTo(0.8 * Math.log(7.0 / 3), within(1e-12));
    }

    @Test
    void isNothingOfTheSameShares() {
        assertThat(Psi.of(new long[] {100, 200, 0}, new long[] {100, 200, 0})).isZero();
        assertThat(Psi.of(new long[] {7}, new long[] {1_000})).isZero();
    }

    @Test
    void isANumberWhereABinIsEmpty() {
        assertThat(Psi.of(new long[] {0, 100}, new long[] {100, 0})).isBetween(10.0, 11.0);
        assertThat(Psi.of(new long[] {0, 0}, new long[] {5, 5})).isZero();
    }

    @Test
    void isNearNothingOfSamplesOfOneDistribution() {
        Random random = new Random(4);
        double sum = 0;
        for (int i = 0; i < 500; i++) {
            double psi = Psi.of(sample(random, 400, 0), sample(random, 20_000, 0));
            assertThat(psi).isLessThan(0.1);
            sum += psi;
        }
        // (bins - 1) * (1 / 400 + 1 / 20,000)
        assertThat(sum / 500).isCloseTo(0.023, within(0.003));
    }

    @Test
    void isFarOffWhereTheDistributionHasMoved() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            assertThat(Psi.of(sample(random, 400, 1), sample(random, 20_000, 0)))
                    .isGreaterThan(0.5);
        }
    }

    /** Of a normal distribution, in ten bins that each hold about a tenth where it has not moved. */
    private static long[] sample(Random random, int size, double moved) {
        double[] deciles = {-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816};
        long[] counts = new long[BINS];
        for (int i = 0; i < size; i++) {
            double x = random.nextGaussian() + moved;
            int bin = 0;
            while (bin < deciles.length && x > deciles[bin]) {
                bin++;
            }
            counts[bin]++;
        }
        return counts;
    }
}
