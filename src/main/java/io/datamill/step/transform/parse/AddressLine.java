package io.datamill.step.transform.parse;

import io.datamill.schema.TypeText;
import io.datamill.step.transform.Conversion;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * A postal address of the United States on one line, read from its end: country, ZIP code or ZIP+4, state by its name
 * or code, city, street. The line needs a ZIP code and a state; the street is null where there is none.
 */
record AddressLine() implements TextParser {
    private static final long serialVersionUID = 1L;
    private static final Schema ADDRESS = Schema.createRecord(
            "PostalAddress",
            null,
            "io.datamill.parse",
            false,
            List.of(
                    new Schema.Field("street", TypeText.parse("string?")),
                    new Schema.Field("city", TypeText.parse("string")),
                    new Schema.Field("state", TypeText.parse("string")),
                    new Schema.Field("zip_code", TypeText.parse("string"))));
    private static final Set<String> COUNTRIES =
            Set.of("USA", "US", "U.S.", "U.S.A.", "UNITED STATES", "UNITED STATES OF AMERICA");
    private static final int MOST_WORDS_OF_A_COUNTRY = 4;
    private static final int ZIP = 5;
    private static final int ZIP_PLUS_4 = 10;

    @Override
    public Schema type() {
        return ADDRESS;
    }

    @Override
    public Conversion open() {
        return value -> read((String) value);
    }

    private static Object read(String text) {
        String line = withoutCountry(text);
        int zipStart = lastWord(line, line.length());
        String zip = line.substring(zipStart);
        if (!isZip(zip)) {
            return Conversion.FAILED;
        }
        String beforeZip = trimmed(line.substring(0, zipStart));
        for (int words = UsStates.MOST_WORDS; words > 0; words--) {
            int start = lastWords(beforeZip, words);
            String state = start < 0 ? null : UsStates.code(beforeZip.substring(start));
            if (state != null) {
                return address(trimmed(beforeZip.substring(0, start)), state, zip);
            }
        }
        return Conversion.FAILED;
    }

    private static Object address(String streetAndCity, String state, String zip) {
        int comma = streetAndCity.lastIndexOf(',');
        String city = streetAndCity.substring(comma + 1).strip();
        // Without a comma the street cannot be told from the city.
        if (city.isEmpty()
                || city.chars().anyMatch(Character::isDigit)
                || city.chars().noneMatch(Character::isLetter)) {
            return Conversion.FAILED;
        }
        String street = comma < 0 ? "" : trimmed(streetAndCity.substring(0, comma));
        GenericData.Record address = new GenericData.Record(ADDRESS);
        address.put(0, street.isEmpty() ? null : street);
        address.put(1, city);
        address.put(2, state);
        address.put(3, zip);
        return address;
    }

    private static String withoutCountry(String text) {
        String line = trimmed(text);
        for (int words = MOST_WORDS_OF_A_COUNTRY; words > 0; words--) {
            int start = lastWords(line, words);
            if (start > 0 && COUNTRIES.contains(line.substring(start).toUpperCase(Locale.ROOT))) {
                return trimmed(line.substring(0, start));
            }
        }
        return line;
    }

    private static boolean isZip(String word) {
        if (word.length() != ZIP && word.length() != ZIP_PLUS_4) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (i == ZIP ? c != '-' : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    /** Where the last so many words start, which no comma parts; -1 where there are fewer. */
    private static int lastWords(String text, int words) {
        int start = text.length();
        for (int i = 0; i < words; i++) {
            int end = start;
            while (i > 0 && end > 0 && text.charAt(end - 1) == ' ') {
                end--;
            }
            start = lastWord(text, end);
            if (start == end) {
                return -1;
            }
        }
        return start;
    }

    private static int lastWord(String text, int end) {
        int start = end;
        while (start > 0 && text.charAt(start - 1) != ' ' && text.charAt(start - 1) != ',') {
            start--;
        }
        return start;
    }

    /** Without commas and spaces at the end, and space in front. */
    private static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ',' || Character.isWhitespace(text.charAt(end - 1)))) {
            end--;
        }
        return text.substring(0, end).strip();
    }
}
