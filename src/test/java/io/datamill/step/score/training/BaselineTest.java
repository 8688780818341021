package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.step.score.training.Baseline.Distribution;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselineTest {
    @Test
    void cutsManyValuesIntoTenths() {
        double[] values =
                IntStream.range(0, 1000).mapToDouble(i -> (i * 7) % 1000).toArray();
        Distribution distribution = Distribution.of(values, 0.25);
        assertThat(distribution.edges()).containsExactly(100., 200., 300., 400., 500., 600., 700., 800., 900.);
        assertThat(distribution.counts()).containsExactly(101L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 99L);
        assertThat(distribution.absent()).isEqualTo(0.25);
    }

    @Test
    void countsEachOfFewValuesForItself() {
        Distribution rare = Distribution.of(new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 0);
        assertThat(rare.edges()).containsExactly(0.0);
        assertThat(rare.counts()).containsExactly(11L, 1L);
        Distribution three = Distribution.of(new double[] {5, 2, 9, 2}, 0);
        assertThat(three.edges()).containsExactly(2., 5.);
        assertThat(three.counts()).containsExactly(2L, 1L, 1L);
    }

    @Test
    void hasABinForAllOfAValueThatFillsMostTenths() {
        double[] values =
                IntStream.range(0, 100).mapToDouble(i -> i < 85 ? 0 : i).toArray();
        Distribution distribution = Distribution.of(values, 0);
        assertThat(distribution.edges()).containsExactly(0., 90.);
        assertThat(distribution.counts()).containsExactly(85L, 6L, 9L);
    }

    @Test
    void countsNoNumberThatIsNone() {
        Distribution distribution = Distribution.of(new double[] {Double.NaN, 1, -0.0, 0.0}, 0);
        assertThat(distribution.edges()).containsExactly(0.0);
        assertThat(distribution.counts()).containsExactly(2L, 1L);
        assertThat(Distribution.of(new double[0], 0).counts()).containsExactly(0L);
    }
}
