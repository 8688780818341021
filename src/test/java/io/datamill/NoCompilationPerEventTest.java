package io.datamill;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
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
import java.net.URISyntaxException;
import java.nio.file.Path;
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
 * once for a schema. The lambdas that {@code open} makes for conversions are followed too.
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

    /** What makes a lambda of these in {@code open} makes what runs for each event. */
    private static final Set<String> RUNS_LATER = Set.of("Conversion", "TextValue", "Measure");

    private static final JavaClasses CLASSES = imported();
    private final Set<JavaCodeUnit> reached = new LinkedHashSet<>();
    private final Deque<JavaCodeUnit> next = new ArrayDeque<>();

    /** From where the project's classes are, wherever they were compiled to: without those of the tests. */
    private static JavaClasses imported() {
        ArchConfiguration configuration = ArchConfiguration.get();
        boolean resolving = configuration.resolveMissingDependenciesFromClassPath();
        configuration.setResolveMissingDependenciesFromClassPath(false); // Of the libraries nothing is asked but names.
        try {
            Path main = Path.of(Steps.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new ClassFileImporter()
                    .importPaths(main.resolve("io/datamill/step"), main.resolve("io/datamill/expression"));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        } finally {
            configuration.setResolveMissingDependenciesFromClassPath(resolving);
        }
    }

    @Test
    void nothingIsCompiledForEachEvent() {
        Set<String> found = new TreeSet<>();
        follow();
        Stream.concat(lambdas().stream(), reached.stream().flatMap(unit -> calls(unit).stream()))
                .filter(call -> COMPILING.contains(name(call)))
                .forEach(call -> found.add(call.getOrigin().getFullName() + " calls " + name(call)));
        assertThat(found).isEmpty();
    }

    @Test
    void looksAtWhatEachStepRuns() {
        follow();
        assertThat(reached).extracting(JavaCodeUnit::getFullName).anyMatch(name -> name.contains("LineMatcher.read("));
        assertThat(reached).hasSizeGreaterThan(500);
    }

    private void follow() {
        for (JavaClass one : CLASSES) {
            boolean runs = Stream.of(Step.class, Adapter.class, EventReader.class, Evaluator.class)
                    .anyMatch(one::isAssignableTo);
            if (runs) {
                one.getCodeUnits().stream()
                        .filter(unit -> PER_EVENT.contains(unit.getName()))
                        .forEach(this::reach);
            }
        }
        lambdas().forEach(this::follow);
        while (!next.isEmpty()) {
            calls(next.poll()).forEach(this::follow);
        }
    }

    private void follow(JavaCall<?> call) {
        call.getTarget().resolveMember().ifPresent(to -> {
            reach((JavaCodeUnit) to);
            overriding((JavaCodeUnit) to).forEach(this::reach);
        });
    }

    private List<JavaCall<?>> lambdas() {
        List<JavaCall<?>> made = new ArrayList<>();
        for (JavaClass one : CLASSES) {
            one.getCodeUnits().stream()
                    .filter(unit -> RUNS_LATER.contains(unit.getRawReturnType().getSimpleName()))
                    .flatMap(unit -> calls(unit).stream())
                    .filter(JavaCall::isDeclaredInLambda)
                    .forEach(made::add);
        }
        return made;
    }

    private void reach(JavaCodeUnit unit) {
        if (isOurs(unit) && !ONCE.contains(unit.getName()) && reached.add(unit)) {
            next.add(unit);
        }
    }

    private static boolean isOurs(JavaCodeUnit unit) {
        String in = unit.getOwner().getPackageName();
        return in.startsWith("io.datamill.step") || in.startsWith("io.datamill.expression");
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
        return call.getTarget().getOwner().getFullName()
                + '.'
                + call.getTarget().getName();
    }
}
