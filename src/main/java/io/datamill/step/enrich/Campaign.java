package io.datamill.step.enrich;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Adds what a URL's parameters say of the campaign that it is of. */
public final class Campaign implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_URL = 8_192;
    private static final int LONGEST_VALUE = 256;
    private static final String[] TEXTS = {"utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"};
    /** The click ids of Google, Meta and Microsoft. Each is of one click, so only that it is there is of use. */
    private static final String[] CLICKS = {"gclid", "fbclid", "msclkid"};

    private static final Schema PARAMETERS = Added.record(
            "Campaign",
            TEXTS[0],
            "string?",
            TEXTS[1],
            "string?",
            TEXTS[2],
            "string?",
            TEXTS[3],
            "string?",
            TEXTS[4],
            "string?",
            CLICKS[0],
            "boolean",
            CLICKS[1],
            "boolean",
            CLICKS[2],
            "boolean");

    /** Which field has the URL, and the field to add. */
    @VerbDoc(
            purpose = "Adds the campaign parameters of a URL, decoded, and whether it has the click id of Google"
                    + " (gclid), Meta (fbclid) or Microsoft (msclkid).",
            signature = "url: string? → as: {utm_source, utm_medium, utm_campaign, utm_term, utm_content: string?;"
                    + " gclid, fbclid, msclkid: boolean}",
            errors = "None. Null or false where a parameter is absent or empty. Of a parameter that is there twice the"
                    + " first counts. Of the URL the first 8,192 characters are read, of a value the first 256 are"
                    + " kept, its control characters as spaces; one that decodes to no UTF-8 is kept as it is written.",
            example = """
                    step: { campaign: { url: page, as: campaign } }
                    fields: { page: string }
                    input: { page: "https://example.com/?utm_source=news&utm_campaign=spring%20sale&gclid=Cj0#utm_term=no" }
                    output:
                      page: "https://example.com/?utm_source=news&utm_campaign=spring%20sale&gclid=Cj0#utm_term=no"
                      campaign:
                        utm_source: news
                        utm_medium: null
                        utm_campaign: spring sale
                        utm_term: null
                        utm_content: null
                        gclid: true
                        fbclid: false
                        msclkid: false
                    """)
    public record Config(
            @OptionDoc("The string field with the URL.") String url,
            @OptionDoc("The field to add.") String as) implements StepConfig {
        public Config {
            Added.required("url", url, "the field with the URL");
            Added.requiredAs(as);
        }

        @Override
        public Stage stage() {
            return Stage.ENRICH;
        }

        @Override
        public Step plan(Planning planning) {
            planning.add("as", as, PARAMETERS);
            Schema.Field found = Added.string(planning, "url", url);
            return found == null ? null : new Campaign(found.pos());
        }
    }

    private final int url;

    private Campaign(int url) {
        this.url = url;
    }

    @Override
    public Event apply(Event event) {
        GenericData.Record parameters = new GenericData.Record(PARAMETERS);
        for (int i = 0; i < CLICKS.length; i++) {
            parameters.put(TEXTS.length + i, false);
        }
        String text = (String) event.values()[url];
        if (text != null) {
            read(text, parameters);
        }
        return Added.to(event, parameters);
    }

    private static void read(String url, GenericData.Record into) {
        int end = url.indexOf('#');
        end = Math.min(end < 0 ? url.length() : end, LONGEST_URL);
        int start = url.indexOf('?') + 1;
        while (start > 0 && start < end) {
            int and = url.indexOf('&', start);
            int next = and < 0 || and > end ? end : and;
            int equals = url.indexOf('=', start);
            if (equals > start && equals < next - 1) {
                parameter(url, start, equals, next, into);
            }
            start = next + 1;
        }
    }

    private static void parameter(String url, int start, int equals, int end, GenericData.Record into) {
        for (int i = 0; i < TEXTS.length; i++) {
            if (isName(TEXTS[i], url, start, equals) && into.get(i) == null) {
                into.put(i, value(url.substring(equals + 1, end)));
                return;
            }
        }
        for (int i = 0; i < CLICKS.length; i++) {
            if (isName(CLICKS[i], url, start, equals)) {
                into.put(TEXTS.length + i, true);
            }
        }
    }

    private static boolean isName(String name, String url, int start, int end) {
        return name.length() == end - start && url.regionMatches(true, start, name, 0, name.length());
    }

    private static String value(String written) {
        String decoded = written.indexOf('%') < 0 && written.indexOf('+') < 0 ? written : decoded(written);
        StringBuilder kept = new StringBuilder(Math.min(decoded.length(), LONGEST_VALUE));
        for (int i = 0; i < decoded.length() && i < LONGEST_VALUE; i++) {
            char c = decoded.charAt(i);
            kept.append(Character.isISOControl(c) ? ' ' : c);
        }
        if (Character.isHighSurrogate(kept.charAt(kept.length() - 1))) {
            kept.setLength(kept.length() - 1);
        }
        return kept.toString();
    }

    private static String decoded(String written) {
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return written;
        }
    }
}
