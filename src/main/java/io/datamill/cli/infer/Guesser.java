package io.datamill.cli.infer;

import static io.datamill.cli.infer.Guess.Evidence.CONSTANT;

import io.datamill.cli.infer.Guess.Evidence;
import io.datamill.cli.infer.Guess.Part;
import io.datamill.step.Planning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a guess of what has been observed. */
final class Guesser {
    /** A type that holds for less of the values is not proposed: each value that it does not hold for is a reject. */
    private static final double SURE = 0.95;

    /** An object with more names than that, most of which are rarely there, is a map. */
    private static final int MANY_NAMES = 20;

    private static final double RARE = 0.5;

    /** Values of an enum come again and again. */
    private static final int FEWEST_REPEATS = 5;

    private static final int FEWEST_VALUES = 20;
    private static final int MOST_SYMBOLS = 12;

    /** An int that comes near its end today does not last. */
    private static final long FAR_FROM_THE_END = 1L << 30;

    private final boolean textual;

    /** @param textual whether texts may stand for numbers and true or false, as in CSV */
    Guesser(boolean textual) {
        this.textual = textual;
    }

    /** The records themselves, which are never a map. */
    Guess record(Observed seen, long records) {
        return new Guess(Guess.RECORD, false, parts(seen), new Evidence(records, 0, records, cut(seen)));
    }

    /** @param outOf how often the value could have been there */
    Guess of(String name, Observed seen, long outOf) {
        long absent = outOf - seen.count();
        if (seen.count() == 0) {
            return plain("string", 0, absent, 0, "never there: a guess");
        }
        if (seen.mappings() >= SURE * seen.count()) {
            return object(name, seen, absent);
        }
        if (seen.lists() >= SURE * seen.count()) {
            return list(name, seen, absent);
        }
        if (seen.truths() >= SURE * seen.count()) {
            return plain("boolean", seen.count(), absent, seen.truths(), "");
        }
        if (seen.wholes() + seen.fractions() >= SURE * seen.count()) {
            return number(name, seen, absent);
        }
        return seen.texts().count() >= SURE * seen.count()
                ? text(name, seen.texts(), seen.count(), absent)
                : plain("string", seen.count(), absent, seen.texts().count(), "of several types");
    }

    private Guess object(String name, Observed seen, long absent) {
        Evidence evidence = new Evidence(seen.count(), absent, seen.mappings(), cut(seen));
        if (isMap(seen)) {
            Observed values = seen.merged();
            Guess value = of(name, values, values.count() + values.nulls());
            if (!value.isRecord() || seen.fields().size() > MANY_NAMES) {
                return new Guess(Guess.MAP, absent > 0, List.of(new Part("value", "value", value)), evidence);
            }
        }
        List<Part> parts = parts(seen);
        return parts.isEmpty()
                ? new Guess(
                        Guess.MAP,
                        absent > 0,
                        List.of(new Part("value", "value", plain("string", 0, 1, 0, ""))),
                        new Evidence(seen.count(), absent, seen.mappings(), "always empty: a guess"))
                : new Guess(Guess.RECORD, absent > 0, parts, evidence);
    }

    private List<Part> parts(Observed seen) {
        List<Part> parts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, Observed> field : seen.fields().entrySet()) {
            Guess guess = of(field.getKey(), field.getValue(), seen.mappings());
            parts.add(new Part(named(field.getKey(), names), field.getKey(), guess));
        }
        return parts;
    }

    private static String cut(Observed seen) {
        return seen.isCut() ? "more fields than shown" : "";
    }

    /** Its names are data: too many and each rarely there, or no names for fields; and its values are alike. */
    private static boolean isMap(Observed seen) {
        Map<String, Observed> fields = seen.fields();
        long there = fields.values().stream()
                .mapToLong(field -> field.count() + field.nulls())
                .sum();
        boolean rare = there < RARE * fields.size() * seen.mappings();
        long odd =
                fields.keySet().stream().filter(name -> !Planning.isName(name)).count();
        boolean data = (fields.size() > MANY_NAMES && rare) || (fields.size() > 1 && odd * 2 > fields.size());
        Observed all = seen.merged();
        long most = Math.max(
                Math.max(all.texts().count(), all.wholes() + all.fractions()),
                Math.max(Math.max(all.truths(), all.lists()), all.mappings()));
        return data && most == all.count();
    }

    private Guess list(String name, Observed seen, long absent) {
        Observed elements = seen.elements();
        Guess element = elements == null
                ? plain("string", 0, 0, 0, "")
                : of(name, elements, elements.count() + elements.nulls());
        String note = elements == null ? "always empty: a guess" : "";
        return new Guess(
                Guess.ARRAY,
                absent > 0,
                List.of(new Part("element", "element", element)),
                new Evidence(seen.count(), absent, seen.lists(), note));
    }

    private static Guess number(String name, Observed seen, long absent) {
        long numbers = seen.wholes() + seen.fractions();
        if (seen.isBeyondLong()) {
            return plain("double", seen.count(), absent, numbers, "some have more digits than a long");
        }
        return seen.fractions() > 0
                ? plain("double", seen.count(), absent, numbers, "")
                : whole(name, seen.least(), seen.most(), new Evidence(seen.count(), absent, seen.wholes(), ""));
    }

    private static Guess whole(String name, long least, long most, Evidence evidence) {
        String epoch = Moments.epoch(name, least, most);
        if (epoch != null) {
            boolean constant = evidence.values() > 1 && least == most;
            return plain(epoch, evidence.values(), evidence.absent(), evidence.holds(), constant ? CONSTANT : "");
        }
        boolean small = least > -FAR_FROM_THE_END && most < FAR_FROM_THE_END;
        return new Guess(small ? "int" : "long", evidence.absent() > 0, List.of(), evidence);
    }

    private Guess text(String name, Texts texts, long values, long absent) {
        if (textual && texts.truths() == values) {
            return plain("boolean", values, absent, values, "");
        }
        if (textual && texts.wholes() == texts.numbers() && texts.wholes() >= SURE * values) {
            return whole(name, texts.least(), texts.most(), new Evidence(values, absent, texts.wholes(), ""));
        }
        if (textual && texts.numbers() >= SURE * values) {
            return plain("double", values, absent, texts.numbers(), "");
        }
        int form = texts.form();
        if (texts.ofForm(form) >= SURE * values) {
            int rival = texts.rival(form);
            boolean constant = values > 1 && texts.values().size() == 1;
            String note = rival >= 0 ? "or " + Moments.FORMS.get(rival).type() : constant ? CONSTANT : "";
            return plain(Moments.FORMS.get(form).type(), values, absent, texts.ofForm(form), note);
        }
        Set<String> distinct = texts.values().keySet();
        boolean repeated =
                values >= FEWEST_VALUES && !distinct.isEmpty() && values >= FEWEST_REPEATS * (long) distinct.size();
        if (repeated
                && distinct.size() > 1
                && distinct.size() <= MOST_SYMBOLS
                && distinct.stream().allMatch(Planning::isName)) {
            return plain(
                    "enum(" + String.join(",", distinct) + ')', values, absent, values, "any other value is rejected");
        }
        if (2 * texts.ofForm(form) > values) {
            String share = GuessTable.percent((double) texts.ofForm(form) / values);
            return plain(
                    "string",
                    values,
                    absent,
                    texts.count(),
                    share + " are " + Moments.FORMS.get(form).type());
        }
        String few = !repeated ? "" : distinct.size() == 1 ? CONSTANT : "one of " + distinct.size() + " texts";
        return plain("string", values, absent, texts.count(), few);
    }

    private static Guess plain(String type, long values, long absent, long holds, String note) {
        return new Guess(type, absent > 0 || values == 0, List.of(), new Evidence(values, absent, holds, note));
    }

    /** A name that a field can have, each once. */
    private static String named(String written, Set<String> taken) {
        String name = Planning.isName(written) ? written : written.replaceAll("[^A-Za-z0-9_]", "_");
        name = name.isEmpty() || Character.isDigit(name.charAt(0)) ? '_' + name : name;
        name = name.length() > 120 ? name.substring(0, 120) : name;
        String unique = name;
        for (int i = 2; !taken.add(unique); i++) {
            unique = name + '_' + i;
        }
        return unique;
    }
}
