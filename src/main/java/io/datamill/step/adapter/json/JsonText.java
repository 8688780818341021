package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.datamill.event.RejectedEventException;
import io.datamill.step.adapter.TextReason;
import java.io.IOException;
import java.nio.CharBuffer;

/**
 * The characters of one record after the other, with strict parsers over them. Names that stand twice in an object are
 * not left to the parser: the readers refuse them where they take a value, so that what is ignored costs nothing.
 */
final class JsonText {
    static final int DEEPEST = 200;
    static final int LONGEST_STRING = 1 << 20;
    static final int LONGEST_NAME = 4096;
    static final int LONGEST_NUMBER = 1000;

    private static final int LONGEST_SHOWN = 80;
    private static final int LONGEST_PROBLEM = 240;

    // A flood of colliding names must not be a failure of the system, which is all that the third setting does.
    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_STRING)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();
    private CharBuffer chars;

    /** A parser of the whole record. */
    JsonParser parser(CharBuffer record) throws IOException {
        chars = record;
        return parserFrom(0);
    }

    /** Another parser of the same record, that begins later. */
    JsonParser parserFrom(int offset) throws IOException {
        return factory.createParser(chars.array(), offset, chars.limit() - offset);
    }

    /** Where the parser's token begins. */
    static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    /** Where the parser's token, which has been read, ends. */
    static int end(JsonParser parser) {
        return (int) parser.currentLocation().getCharOffset();
    }

    /** Passes the value that begins with the parser's token, and gives it as it is written. */
    String passed(JsonParser parser) throws IOException {
        int start = start(parser);
        parser.finishToken();
        parser.skipChildren();
        return slice(start, end(parser)).toString();
    }

    CharSequence slice(int start, int end) {
        return chars.subSequence(start, end);
    }

    /** Whether something that is no white space stands right before the offset. */
    boolean touches(int offset) {
        return offset > 0 && " \t\r\n".indexOf(chars.get(offset - 1)) < 0;
    }

    /** The value at the parser's token, for a message; the parser stays where it is. */
    static String shown(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the string " + TextReason.quoted(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                TextReason.printable(parser.getText(), LONGEST_SHOWN);
            default -> parser.getText();
        };
    }

    static RejectedEventException reject(JsonProcessingException e) {
        JsonReason reason =
                e instanceof StreamConstraintsException ? JsonReason.JSON_BEYOND_LIMITS : JsonReason.MALFORMED_JSON;
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        return reason.reject(where + TextReason.printable(e.getOriginalMessage(), LONGEST_PROBLEM));
    }
}
