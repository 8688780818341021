package io.datamill.step.fitted;

import java.io.Serializable;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * What is put where a field is null.
 *
 * @param number of a mean or median
 * @param text of a mode
 */
record Filling(ImputeFitted.Kind kind, double number, String text) implements Serializable {
    Filling {
        Parameters.finite("number", number);
    }

    /**
     * The value in a field's type.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    Object of(Schema type) {
        if (kind != ImputeFitted.Kind.MODE) {
            return switch (type.getType()) {
                case INT -> Math.toIntExact(Math.round(Math.rint(number)));
                case LONG -> Math.round(Math.rint(number));
                case FLOAT -> (float) number;
                default -> number;
            };
        }
        return switch (type.getType()) {
            case INT -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case ENUM -> symbol(type);
            default -> text;
        };
    }

    private Object symbol(Schema type) {
        if (!type.hasEnumSymbol(text)) {
            throw new IllegalArgumentException("'" + text + "' is none of " + type.getEnumSymbols());
        }
        return new GenericData.EnumSymbol(type, text);
    }
}
