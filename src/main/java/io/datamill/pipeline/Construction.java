package io.datamill.pipeline;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes configuration records; what their compact constructors refuse becomes a problem of the option they name. */
final class Construction {
    private final Problems problems;

    Construction(Problems problems) {
        this.problems = problems;
    }

    <R> Optional<R> construct(Class<R> type, Object[] values, String path) {
        RecordComponent[] components = type.getRecordComponents();
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && components[i].getType().isPrimitive()) {
                problems.add(Problems.below(path, option(components[i])), "is required");
                complete = false;
            }
        }
        return complete ? instance(type, values, path) : Optional.empty();
    }

    private <R> Optional<R> instance(Class<R> type, Object[] values, String path) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                refused(String.valueOf(refusal.getMessage()), options(type), path);
                return Optional.empty();
            }
            throw new IllegalStateException(path + ": constructor of " + type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(path + ": constructor of " + type, e);
        }
    }

    /** The message starts with the option's name, or with a place in it such as {@code take[0]}: the end of the path. */
    private void refused(String message, List<String> options, String path) {
        for (String option : options) {
            Matcher said = Pattern.compile(Pattern.quote(option) + "((?:\\[\\d+])?):? (.*)", Pattern.DOTALL)
                    .matcher(message);
            if (said.matches()) {
                problems.addOnce(Problems.below(path, option + said.group(1)), said.group(2));
                return;
            }
        }
        problems.add(path, message);
    }

    static List<String> options(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(Construction::option)
                .toList();
    }

    /** {@code lateAfter} is written {@code late-after}. */
    static String option(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
