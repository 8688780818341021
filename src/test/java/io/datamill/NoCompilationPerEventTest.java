package io.datamill;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.datamill.expression.Evaluator;
import io.datamill.step.Step;
import io.datamill.step.Steps;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.EventReader;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Follows every call from what runs for each event, through the steps' own classes and their subclasses, and finds none
 * that compiles. It ends at {@code open}, which runs once or when a file has changed, and at the registry, which is asked
 * once for a schema. What lambdas made in {@code open} call is looked at too: all lambdas of the package are.
 */
class NoCompilationPerEventTest {
    private static final Set<String> PER_EVENT =
            Set.of("apply", "read", "onTimer", "applyStream", "applyInput", "evaluate", "peek");
    private static final Set<String> ONCE = Set.of("open", "plan");
    private static final List<String> COMPILING = List.of(
            "java.util.regex.Pattern.compile",
            "java.util.regex.Pattern.matches",
            "com.google.re2j.Pattern.compile",
            "com.google.re2j.Pattern.matches",
            "java.lang.String.matches",
            "java.lang.String.replaceAll",
            "java.lang.String.replaceFirst",
            "java.lang.String.split",
            "java.text.SimpleDateFormat.<init>",
            "java.text.DecimalFormat.<init>",
            "java.time.format.DateTimeFormatter.ofPattern",
            "java.time.format.DateTimeFormatterBuilder.toFormatter",
            "org.apache.avro.Schema$Parser.parse",
            "io.datamill.schema.TypeText.parse",
            "io.datamill.expression.Expression.check",
            "io.datamill.expression.Expression.open",
            "io.datamill.step.score.FieldPath.to");

    private final JavaClasses classes = new ClassFileImporter().importUrl(main());
    private final Set<JavaCodeUnit> reached = new LinkedHashSet<>();
    private final Deque<JavaCodeUnit> next = new ArrayDeque<>();

    /** Where the project's classes are, wherever they were compiled to: without those of the tests. */
    private static URL main() {
        return Steps.class.getProtectionDomain().getCodeSource().getLocation();
    }

    @Test
    void nothingIsCompiledForEachEvent() {
        Set<String> found = new TreeSet<>();
        follow();
        for (JavaCodeUnit unit : reached) {
            for (JavaCall<?> call : calls(unit)) {
                if (COMPILING.contains(name(call))) {
                    found.add(unit.getFullName() + " calls " + name(call));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void looksAtWhatEachStepRuns() {
        follow();
        assertThat(reached).extracting(JavaCodeUnit::getFullName).anyMatch(name -> name.contains("LineMatcher.read("));
        assertThat(reached).hasSizeGreaterThan(500);
    }

    private void follow() {
        for (JavaClass one : classes) {
            boolean runs = Stream.of(Step.class, Adapter.class, EventReader.class, Evaluator.class)
                    .anyMatch(one::isAssignableTo);
            if (runs) {
                one.getCodeUnits().stream()
                        .filter(unit -> PER_EVENT.contains(unit.getName()))
                        .forEach(this::reach);
            }
        }
        while (!next.isEmpty()) {
            JavaCodeUnit unit = next.poll();
            for (JavaCall<?> call : calls(unit)) {
                call.getTarget().resolveMember().ifPresent(to -> {
                    reach((JavaCodeUnit) to);
                    overriding((JavaCodeUnit) to).forEach(this::reach);
                });
            }
        }
    }

    private void reach(JavaCodeUnit unit) {
        String in = unit.getOwner().getPackageName();
        boolean ours = in.startsWith("io.datamill.step") || in.startsWith("io.datamill.expression");
        if (ours && !ONCE.contains(unit.getName()) && reached.add(unit)) {
            next.add(unit);
        }
    }

    /** Those of subclasses with the same name and parameters. */
    private static List<JavaCodeUnit> overriding(JavaCodeUnit unit) {
        List<JavaCodeUnit> found = new ArrayList<>();
        for (JavaClass sub : unit.getOwner().getAllSubclasses()) {
            sub.getCodeUnits().stream()
                    .filter(other -> other.getName().equals(unit.getName())
                            && other.getRawParameterTypes().size()
                                    == unit.getRawParameterTypes().size())
                    .forEach(found::add);
        }
        return found;
    }

    private static Set<JavaCall<?>> calls(JavaCodeUnit unit) {
        Set<JavaCall<?>> calls = new LinkedHashSet<>(unit.getMethodCallsFromSelf());
        calls.addAll(unit.getConstructorCallsFromSelf());
        return calls;
    }

    private static String name(JavaCall<?> call) {
        return call.getTarget().getOwner().getFullName() + '.' + call.getTarget().getName();
    }
}
