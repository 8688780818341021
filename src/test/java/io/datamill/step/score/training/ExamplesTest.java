package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final List<String> NAMES = List.of("a", "b");

    @Test
    void keepsOneOfSeveralCopiesAndNoneOfAnEventThatIsHeldToBeBoth() {
        Examples examples = Examples.withoutCopies(
                NAMES,
                List.of(
                        of("1", false, 1),
                        of("2", false, 2),
                        of("1", false, 1),
                        of("2", true, 2),
                        of("3", true, 3),
                        of("2", true, 2),
                        of(null, true, 4),
                        of(null, true, 4)));
        assertThat(examples.list()).extracting(Labelled::once).containsExactlyInAnyOrder("1", "3", null, null);
        assertThat(examples.repeated()).isEqualTo(1);
        assertThat(examples.contradictory()).isEqualTo(3);
    }

    @Test
    void hasAnOrderOfItsOwn() {
        List<Labelled> forwards = List.of(of("1", false, 1), of("2", true, 2), of("3", true, 3));
        List<Labelled> backwards = List.of(forwards.get(2), forwards.get(1), forwards.get(0));
        Examples one = Examples.withoutCopies(NAMES, forwards);
        Examples other = Examples.withoutCopies(NAMES, backwards);
        assertThat(other.list())
                .extracting(Labelled::once)
                .isEqualTo(one.list().stream().map(Labelled::once).toList());
        assertThat(other.sha256()).isEqualTo(one.sha256());
        Examples changed = Examples.withoutCopies(NAMES, List.of(of("1", true, 1), forwards.get(1), forwards.get(2)));
        assertThat(changed.sha256()).isNotEqualTo(one.sha256());
    }

    @Test
    void leavesOutFeaturesThatNeverVary() {
        Examples examples = Examples.withoutCopies(NAMES, List.of(of("1", false, 1), of("2", true, 2)))
                .varying();
        assertThat(examples.names()).containsExactly("b");
        assertThat(examples.constant()).containsExactly("a");
        assertThat(examples.list()).allSatisfy(example -> {
            assertThat(example.x()).hasSize(1);
            assertThat(example.absent().get(0)).isTrue();
        });
    }

    @Test
    void putsRowsThatAreAlikeIntoOneGroupWhateverTheyAreLabelled() {
        Rows rows = Examples.withoutCopies(NAMES, List.of(of(null, false, 1), of(null, true, 1), of(null, true, 2)))
                .rows(false);
        assertThat(List.of(rows.groups())).hasSize(3);
        assertThat(new HashSet<>(List.of(rows.groups()))).hasSize(2);
    }

    /** b is absent, a is always 7. */
    private static Labelled of(String once, boolean bad, double b) {
        BitSet absent = new BitSet();
        absent.set(1);
        return new Labelled(once, null, null, bad, new double[] {7, b}, absent);
    }
}
