package io.datamill.cli.infer;

import java.util.List;

/**
 * A guessed type.
 *
 * @param type as {@code fields:} has it, with its format in brackets; {@code record}, {@code array} or {@code map} where
 *     it has parts
 * @param nullable whether it was null or missing anywhere
 * @param parts the fields of a record; the one part of an array or map
 * @param evidence how sure it is
 */
record Guess(String type, boolean nullable, List<Part> parts, Evidence evidence) {
    static final String RECORD = "record";
    static final String ARRAY = "array";
    static final String MAP = "map";

    /**
     * A named part.
     *
     * @param name as a field can be called
     * @param written as the sample has it
     */
    record Part(String name, String written, Guess guess) {}

    /**
     * What a guess rests on.
     *
     * @param values that were there
     * @param absent how many were null or missing
     * @param holds for how many of the values the type is right
     * @param note for the reader; empty where there is none
     */
    record Evidence(long values, long absent, long holds, String note) {
        /** The note on several values that are one. */
        static final String CONSTANT = "always the same";

        boolean isConstant() {
            return note.equals(CONSTANT);
        }

        double nullShare() {
            return values + absent == 0 ? 0 : (double) absent / (values + absent);
        }

        double holdsShare() {
            return values == 0 ? 1 : (double) holds / values;
        }
    }

    boolean isRecord() {
        return type.equals(RECORD);
    }

    boolean isArray() {
        return type.equals(ARRAY);
    }

    boolean isMap() {
        return type.equals(MAP);
    }

    /** Of an array or map. */
    Guess part() {
        return parts.get(0).guess();
    }
}
