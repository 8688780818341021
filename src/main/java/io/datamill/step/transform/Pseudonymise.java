package io.datamill.step.transform;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.avro.Schema;

/**
 * Puts a keyed hash in the place of a value: HMAC-SHA-256 (RFC 2104, RFC 6234) of its UTF-8, in lower-case hexadecimal.
 * Who has the key can tell whether a guess is right, nobody else can.
 */
public final class Pseudonymise implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY = 16;
    private static final int LENGTH = 64;
    private static final int SHORTEST = 16;

    /** What two spellings of one value have in common. */
    public enum Normalise {
        NONE,
        LOWER
    }

    /** Which fields, under which key. */
    @VerbDoc(
            purpose = "Puts a pseudonym in the place of a string: its HMAC-SHA-256 under a secret key, in hexadecimal."
                    + " The same value has the same pseudonym while the key is the same; the key's id stands beside it."
                    + " Null stays null.",
            signature = "string → string, string; string? → string?, string",
            errors = "None; a key that cannot be read, or of fewer than 16 bytes, stops the job at its start.",
            example = """
                    step:
                      pseudonymise:
                        fields: [email]
                        key: "${file:${env:EXAMPLE_DIR}/key}"
                        key-id: k1
                        length: 32
                    files: { key: "hex:0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b" }
                    fields: { email: string? }
                    input:
                      - { email: Hi There }
                      - { email: null }
                    output:
                      - { email: b0344c61d8db38535ca8afceaf0bf12b, email_key_id: k1 }
                      - { email: null, email_key_id: k1 }
                    """)
    public record Config(
            @OptionDoc("The fields, strings, each once.") List<String> fields,
            @OptionDoc("Where the key is: a reference such as ${file:/run/secrets/key} or ${env:KEY}, without a default,"
                    + " read when the job starts. At least 16 bytes: text, or behind hex: or base64: bytes.")
                    Reference key,
            @OptionDoc("The key's name, which is no secret; another key has another.") String keyId,
            @OptionDoc(
                            value = "One field for the key id instead of one beside each.",
                            otherwise = "each field's name and _key_id")
                    String keyIdAs,
            @OptionDoc(value = "Hexadecimal digits, 16 to 64, even.", otherwise = "64") Integer length,
            @OptionDoc(value = "lower: Ann and ann have one pseudonym. none: they have two.", otherwise = "none")
                    Normalise normalise)
            implements StepConfig {
        public Config {
            if (fields == null || fields.isEmpty()) {
                throw new IllegalArgumentException("fields is missing; give the fields, such as [email]");
            }
            if (key == null) {
                throw new IllegalArgumentException("key is missing; give a reference such as ${file:/run/secrets/key}");
            }
            // Never the value in the message: it may be the key.
            if (!key.written().matches("\\$\\{(env|file):.*}") || key.written().contains(":-")) {
                throw new IllegalArgumentException("key: expected a reference alone, without a default, such as"
                        + " ${file:/run/secrets/key}: what is written here can be read by all who see the pipeline");
            }
            if (keyId == null || keyId.isBlank()) {
                throw new IllegalArgumentException("key-id is missing; give the key's name, such as k1");
            }
            length = length == null ? LENGTH : length;
            if (length < SHORTEST || length > LENGTH || length % 2 != 0) {
                throw new IllegalArgumentException(
                        "length is " + length + ", expected an even number from " + SHORTEST + " to " + LENGTH);
            }
            normalise = normalise == null ? Normalise.NONE : normalise;
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            int[] positions = StringFields.plan(planning, fields, "cast it to string first");
            if (positions == null) {
                return null;
            }
            Schema string = TypeText.parse("string");
            for (int position : positions) {
                Schema.Field field = planning.input().getFields().get(position);
                planning.replace(field.name(), field.schema());
                if (keyIdAs == null) {
                    planning.add("fields", field.name() + "_key_id", string);
                }
            }
            if (keyIdAs != null) {
                planning.add("key-id-as", keyIdAs, string);
            }
            return new Pseudonymise(positions, this);
        }
    }

    private final int[] positions;
    private final Reference key;
    private final String keyId;
    private final int keyIds;
    private final int length;
    private final boolean lower;
    private transient Mac mac;

    private Pseudonymise(int[] positions, Config config) {
        this.positions = positions;
        this.key = config.key();
        this.keyId = config.keyId();
        this.keyIds = config.keyIdAs() == null ? positions.length : 1;
        this.length = config.length();
        this.lower = config.normalise() == Normalise.LOWER;
    }

    @Override
    public void open() throws GeneralSecurityException {
        byte[] secret = bytes(key.resolve());
        if (secret.length < SHORTEST_KEY) {
            throw new IllegalStateException(
                    "key " + key + " has " + secret.length + " bytes, expected at least " + SHORTEST_KEY);
        }
        mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(secret, ALGORITHM));
    }

    private byte[] bytes(String text) {
        try {
            if (text.startsWith("hex:")) {
                return HexFormat.of().parseHex(text.substring("hex:".length()));
            }
            return text.startsWith("base64:")
                    ? Base64.getDecoder().decode(text.substring("base64:".length()))
                    : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message may hold a part of the key.
            throw new IllegalStateException("key " + key + " is not what hex: or base64: in front of it says");
        }
    }

    @Override
    public Event apply(Event event) {
        Object[] values = event.widened(keyIds);
        for (int position : positions) {
            if (values[position] != null) {
                values[position] = pseudonym((String) values[position]);
            }
        }
        for (int i = values.length - keyIds; i < values.length; i++) {
            values[i] = keyId;
        }
        return event.withValues(values);
    }

    private String pseudonym(String text) {
        String normal = lower ? text.toLowerCase(Locale.ROOT) : text;
        return HexFormat.of().formatHex(mac.doFinal(normal.getBytes(StandardCharsets.UTF_8)), 0, length / 2);
    }
}
