package io.datamill.cli.training;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** What the values of a column have shown of their type. */
final class CsvColumn {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    private boolean numbers;
    private boolean truths;

    /** @param text whether it is of texts whatever its values are */
    CsvColumn(boolean text) {
        this.numbers = !text;
        this.truths = !text;
    }

    /**
     * The name of a column's field, the same whatever stands beside it: letters, digits and {@code _} of the header stay
     * as they are, anything else becomes its code, as {@code char_freq_;} becomes {@code char_freq_x3b}.
     */
    static String field(String header) {
        StringBuilder name = new StringBuilder();
        header.codePoints().forEach(c -> {
            boolean plain = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain) {
                name.appendCodePoint(c);
            } else if (c == ' ') {
                name.append('_');
            } else {
                name.append('x').append(Integer.toHexString(c));
            }
        });
        boolean digit = !name.isEmpty() && Character.isDigit(name.charAt(0));
        return digit ? "_" + name : name.toString();
    }

    void see(String value) {
        if (!value.isEmpty()) {
            numbers = numbers && NUMBER.matcher(value).matches();
            truths = truths && truth(value) != null;
        }
    }

    /** A column without any value is one of numbers: no feature of numbers is then missing. */
    Schema schema() {
        Schema type = Schema.create(numbers ? Schema.Type.DOUBLE : truths ? Schema.Type.BOOLEAN : Schema.Type.STRING);
        if (type.getType() == Schema.Type.STRING) {
            type.addProp(GenericData.STRING_PROP, GenericData.StringType.String.name());
        }
        return Schema.createUnion(Schema.create(Schema.Type.NULL), type);
    }

    Object value(String written) {
        if (written.isEmpty()) {
            return null;
        }
        return numbers ? (Object) Double.valueOf(written) : truths ? truth(written) : written;
    }

    private static Boolean truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }
}
