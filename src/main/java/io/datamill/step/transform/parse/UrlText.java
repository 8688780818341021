package io.datamill.step.transform.parse;

import io.datamill.schema.TypeText;
import io.datamill.step.transform.Conversion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * URLs with a host, cut as RFC 3986, appendix B, has it. A name and password before the host are left out. Scheme and
 * host are in lower case, an IPv6 address is without its brackets; path, query and fragment are as they are written.
 */
record UrlText(int maxParameters) implements TextParser {
    private static final long serialVersionUID = 1L;
    private static final Schema URL = Schema.createRecord(
            "Url",
            null,
            "io.datamill.parse",
            false,
            List.of(
                    new Schema.Field("scheme", TypeText.parse("string")),
                    new Schema.Field("host", TypeText.parse("string")),
                    new Schema.Field("port", TypeText.parse("int?")),
                    new Schema.Field("path", TypeText.parse("string")),
                    new Schema.Field("query", TypeText.parse("string?")),
                    new Schema.Field("fragment", TypeText.parse("string?")),
                    new Schema.Field("parameters", TypeText.parse("map<string>"))));

    @Override
    public Schema type() {
        return URL;
    }

    @Override
    public Conversion open() {
        return value -> read((String) value);
    }

    private Object read(String text) {
        int colon = text.indexOf("://");
        if (colon < 1 || !isScheme(text, colon) || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            return Conversion.FAILED;
        }
        int fragment = text.indexOf('#');
        int beforeFragment = fragment < 0 ? text.length() : fragment;
        int mark = text.indexOf('?');
        int beforeQuery = mark < 0 || mark > beforeFragment ? beforeFragment : mark;
        int start = colon + 3;
        int slash = text.indexOf('/', start);
        int path = slash < 0 || slash > beforeQuery ? beforeQuery : slash;
        if (start > path) {
            return Conversion.FAILED;
        }
        GenericData.Record url = new GenericData.Record(URL);
        String query = beforeQuery == beforeFragment ? null : text.substring(beforeQuery + 1, beforeFragment);
        Map<String, String> parameters = query == null ? Map.of() : QueryText.parameters(query, maxParameters);
        if (parameters == null || !authority(text.substring(start, path), url)) {
            return Conversion.FAILED;
        }
        url.put("scheme", text.substring(0, colon).toLowerCase(Locale.ROOT));
        url.put("path", text.substring(path, beforeQuery));
        url.put("query", query);
        url.put("fragment", fragment < 0 ? null : text.substring(fragment + 1));
        url.put("parameters", parameters);
        return url;
    }

    private static boolean isScheme(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
                return false;
            }
        }
        return true;
    }

    /** Host and port, or false where they are none. */
    private static boolean authority(String authority, GenericData.Record url) {
        String server = authority.substring(authority.lastIndexOf('@') + 1);
        boolean bracketed = server.startsWith("[");
        int end = bracketed ? server.indexOf(']') : server.indexOf(':');
        if (bracketed && end < 0) {
            return false;
        }
        String host = bracketed ? server.substring(1, end) : end < 0 ? server : server.substring(0, end);
        String behind = end < 0 ? "" : server.substring(bracketed ? end + 1 : end);
        if (!isHost(host, bracketed) || !(behind.isEmpty() || behind.startsWith(":"))) {
            return false;
        }
        url.put("host", host.toLowerCase(Locale.ROOT));
        if (behind.length() <= 1) {
            return true;
        }
        String port = behind.substring(1);
        if (port.length() > 5 || !port.chars().allMatch(c -> c >= '0' && c <= '9') || Integer.parseInt(port) > 65_535) {
            return false;
        }
        url.put("port", Integer.valueOf(port));
        return true;
    }

    private static boolean isHost(String host, boolean bracketed) {
        return !host.isEmpty()
                && host.chars()
                        .allMatch(c -> bracketed
                                ? Character.digit(c, 16) >= 0 || c == ':' || c == '.'
                                : Character.isLetterOrDigit(c) || c > 0x7f || "-._~%!$&'()*+,;=".indexOf(c) >= 0);
    }
}
