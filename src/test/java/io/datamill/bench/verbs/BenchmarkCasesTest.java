package io.datamill.bench.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.step.Steps;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BenchmarkCasesTest {
    static Set<String> names() {
        return Cases.ALL.keySet();
    }

    @Test
    void everyAdapterAndVerbIsMeasured() {
        Set<String> known = Stream.concat(
                        Steps.ADAPTERS.keySet().stream().map("adapter "::concat),
                        Steps.VERBS.keySet().stream().map("step "::concat))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> measured = Cases.ALL.values().stream()
                .map(one -> one.kind() + ' ' + one.verb())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(measured).isEqualTo(known);
    }

    /** None of the pool is rejected, which would measure the making of an exception. */
    @ParameterizedTest
    @MethodSource("names")
    void takesItsWholePool(String name) throws Exception {
        Work work = Cases.ALL.get(name).opening().call();
        int given = 0;
        for (int i = 0; i < 2 * Works.POOL; i++) {
            given += work.next() == null ? 0 : 1;
        }
        boolean absorbing = name.startsWith("step group");
        assertThat(given).isGreaterThan(absorbing ? -1 : Works.POOL);
    }
}
