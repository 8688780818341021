package io.datamill.step.score;

import static io.datamill.step.score.FieldTypes.text;

import org.apache.avro.Schema;

/** What texts are like, what they have in common, and where they lack. */
public sealed interface TextFeature extends Feature {

    /** How often a value occurs in a text. */
    record Count(String field, String value, double absent) implements TextFeature {
        public Count {
            Checks.require(value != null && !value.isEmpty(), "value: expected what to count");
        }

        @Override
        public Measure plan(Schema record) {
            FieldPath path = text(record, field);
            return values -> {
                String text = path.text(values);
                return text == null ? absent : occurrences(text, value);
            };
        }

        private static int occurrences(String text, String value) {
            int count = 0;
            for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length())) {
                count++;
            }
            return count;
        }
    }

    /** The share of the records of a list that lack a field, such as {@code hops[*].at}: 0 to 1. */
    record Lacking(String field, double absent) implements TextFeature {
        @Override
        public Measure plan(Schema record) {
            Elements elements = Elements.ofEach(record, field, Lacking::anything);
            return values -> {
                Object start = elements.start(values);
                int size = Elements.size(start);
                int lacking = 0;
                for (int i = 0; i < size; i++) {
                    lacking += elements.value(start, i) == null ? 1 : 0;
                }
                return size == 0 ? absent : (double) lacking / size;
            };
        }

        private static FieldPath anything(Schema element, String inside) {
            return FieldPath.to(element, inside, "", schema -> true);
        }
    }

    /** 1 where two texts are the same, ignoring case. */
    record Same(String field, String other, double absent) implements TextFeature {
        @Override
        public Measure plan(Schema record) {
            FieldPath path = text(record, field);
            FieldPath otherPath = text(record, other);
            return values -> {
                String one = path.text(values);
                String two = otherPath.text(values);
                return one == null || two == null ? absent : one.equalsIgnoreCase(two) ? 1 : 0;
            };
        }
    }

    /**
     * 1 where a word of a text, of 4 letters or digits at least, occurs in another or in any of several, ignoring case;
     * also within a longer word, as in an address.
     */
    record SharesWord(String field, String other, double absent) implements TextFeature {
        private static final int LEAST = 4;
        /** Of a text, beyond which nobody looks. */
        private static final int LONGEST = 1_000;

        @Override
        public Measure plan(Schema record) {
            FieldPath path = text(record, field);
            Elements others = Elements.texts(record, other);
            return values -> {
                String text = path.text(values);
                Object start = others.start(values);
                if (text == null || Elements.size(start) == 0) {
                    return absent;
                }
                for (int i = 0; i < Elements.size(start); i++) {
                    String another = others.text(start, i);
                    if (another != null && sharesWord(text, another)) {
                        return 1;
                    }
                }
                return 0;
            };
        }

        private static boolean sharesWord(String text, String other) {
            int length = Math.min(LONGEST, text.length());
            int start = 0;
            for (int at = 0; at <= length; at++) {
                if (at == length || !Character.isLetterOrDigit(text.charAt(at))) {
                    if (at - start >= LEAST && occurs(text, start, at - start, other)) {
                        return true;
                    }
                    start = at + 1;
                }
            }
            return false;
        }

        private static boolean occurs(String text, int start, int length, String other) {
            int last = Math.min(LONGEST, other.length()) - length;
            char first = Character.toLowerCase(text.charAt(start));
            for (int at = 0; at <= last; at++) {
                if (Character.toLowerCase(other.charAt(at)) == first
                        && other.regionMatches(true, at, text, start, length)) {
                    return true;
                }
            }
            return false;
        }
    }
}
