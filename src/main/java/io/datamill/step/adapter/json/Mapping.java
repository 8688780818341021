package io.datamill.step.adapter.json;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How the members of an object fill the fields of an event: of one form, or of all records.
 *
 * @param option the path of the option it was written below, or the empty string
 * @param names the path of the member by the dotted path of the field; a field that is not there goes by its own name
 * @param formats of timestamps and dates, by the dotted path of the field
 * @param ownFormats which of them were written below {@code option}, and not with the fields
 * @param values constants as written, by field
 */
record Mapping(
        String option,
        Map<String, String> names,
        Map<String, String> formats,
        Set<String> ownFormats,
        Map<String, Object> values) {

    static Mapping of(Map<String, String> names, Map<String, String> formats) {
        return new Mapping("", names, formats, Set.of(), Map.of());
    }

    /** The same for one form, whose own names and formats go before. */
    Mapping with(String formName, Json.Form form, String formField) {
        Map<String, String> allNames = new HashMap<>(names);
        allNames.putAll(form.names());
        Map<String, String> allFormats = new HashMap<>(formats);
        allFormats.putAll(form.formats());
        Map<String, Object> constants = new HashMap<>(form.values());
        if (formField != null) {
            constants.put(formField, formName);
        }
        return new Mapping(
                "forms." + formName + '.', allNames, allFormats, form.formats().keySet(), constants);
    }

    /** The option to blame for the format of a field. */
    String formatOption(String path) {
        return ownFormats.contains(path) ? option + "formats." + path : "fields." + path;
    }
}
