package io.datamill.step.enrich;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import io.datamill.schema.TypeText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * What a database may know of an address. MaxMind's own files nest it ({@code city.names.en}); those made of other
 * sources often have it on top ({@code city}).
 */
enum GeoField {
    /** The ISO 3166-1 alpha-2 code. */
    COUNTRY("string", GeoField::code),
    /** In English: the database's, or that which Java has for the code. */
    COUNTRY_NAME("string", GeoField::countryName),
    CITY("string", record -> text(english(record.get("city")), record.get("city"))),
    /** In English: the largest subdivision of the country, such as a state. */
    REGION("string", GeoField::region),
    POSTAL_CODE("string", record -> text(at(record, "postal", "code"), record.get("postcode"), record.get("zip"))),
    LATITUDE("double", record -> number(at(record, "location", "latitude"), record.get("latitude"))),
    LONGITUDE("double", record -> number(at(record, "location", "longitude"), record.get("longitude"))),
    TIME_ZONE("string", record -> text(at(record, "location", "time_zone"), record.get("timezone"))),
    /** The number of the autonomous system. */
    ASN("long", GeoField::asn),
    AS_ORGANIZATION(
            "string",
            record -> text(
                    record.get("autonomous_system_organization"),
                    at(record, "traits", "autonomous_system_organization"),
                    record.get("as_name")));

    private final String type;
    private final Function<Map<?, ?>, Object> reading;

    GeoField(String type, Function<Map<?, ?>, Object> reading) {
        this.type = type;
        this.reading = reading;
    }

    String fieldName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> names() {
        return Stream.of(values()).map(GeoField::fieldName).toList();
    }

    /** May be null. */
    Schema schema() {
        return TypeText.parse(type + '?');
    }

    /** @param record what the database has; null where it has nothing */
    Object of(Map<?, ?> record) {
        return record == null ? null : reading.apply(record);
    }

    private static String code(Map<?, ?> record) {
        Object code = record.get("country_code");
        if (code == null) {
            code = at(record, "country", "iso_code");
        }
        return code instanceof String text && isCode(text) ? text : null;
    }

    private static boolean isCode(String text) {
        return text.length() == 2 && Character.isUpperCase(text.charAt(0)) && Character.isUpperCase(text.charAt(1));
    }

    private static String countryName(Map<?, ?> record) {
        Object name = english(record.get("country"));
        String code = code(record);
        if (name != null || code == null) {
            return text(name);
        }
        String known = new Locale("", code).getDisplayCountry(Locale.ENGLISH);
        return known.equals(code) ? null : known;
    }

    private static String region(Map<?, ?> record) {
        if (record.get("subdivisions") instanceof List<?> subdivisions && !subdivisions.isEmpty()) {
            Object largest = subdivisions.get(0);
            return text(english(largest), largest instanceof Map<?, ?> map ? map.get("iso_code") : null);
        }
        return text(record.get("state1"), record.get("region"));
    }

    private static Long asn(Map<?, ?> record) {
        for (Object found : new Object[] {
            record.get("autonomous_system_number"), at(record, "traits", "autonomous_system_number"), record.get("asn")
        }) {
            if (found instanceof Number number) {
                return number.longValue();
            }
            if (found instanceof String text) {
                String digits = text.startsWith("AS") ? text.substring(2) : text; // Some have AS15169.
                Long number = Longs.tryParse(digits);
                if (number != null && number >= 0) {
                    return number;
                }
            }
        }
        return null;
    }

    private static Object at(Map<?, ?> record, String outer, String inner) {
        return record.get(outer) instanceof Map<?, ?> map ? map.get(inner) : null;
    }

    private static Object english(Object place) {
        return place instanceof Map<?, ?> map && map.get("names") instanceof Map<?, ?> names ? names.get("en") : null;
    }

    private static String text(Object... candidates) {
        for (Object candidate : candidates) {
            if (candidate instanceof String text && !text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    private static Double number(Object... candidates) {
        for (Object candidate : candidates) {
            if (candidate instanceof Number number) {
                return number.doubleValue();
            }
            if (candidate instanceof String text) {
                return Doubles.tryParse(text);
            }
        }
        return null;
    }
}
