package io.datamill.step.decide;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/**
 * Rules that have a version of their own, apart from the pipeline that uses them: the directory {@code name} with the
 * file {@value #FILE}.
 *
 * @param name as the file has it
 * @param version the first 12 hexadecimal digits of the SHA-256 of the file's bytes: nobody writes it, and other bytes
 *     never have the same
 * @param rules in the order in which they are asked; at least one, at most {@value #MOST}, no two with one name
 */
public record RuleSet(String name, String version, List<Rule> rules) implements Serializable {
    /** The file in the directory. */
    public static final String FILE = "rules.yaml";

    /** Most rules: each is asked for each event that none before it is for. */
    static final int MOST = 1_000;

    /** Of the file. */
    static final int MAX_BYTES = 1 << 20;

    private static final int VERSION_DIGITS = 12;

    public RuleSet {
        rules = List.copyOf(rules);
        List<String> mistakes = new ArrayList<>();
        check(rules, (mistake, place) -> mistakes.add(mistake));
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(mistakes.get(0));
        }
    }

    /** What outcomes name: {@code name@version}. */
    public String identity() {
        return name + '@' + version;
    }

    /**
     * Reads the rule set of a directory.
     *
     * @param directory of any file system Flink knows
     * @throws InvalidRuleSetException with every mistake of the file, or why it cannot be read
     */
    public static RuleSet read(String directory) throws InvalidRuleSetException {
        String where = directory;
        try {
            Path file = new Path(directory, FILE);
            where = file.toString();
            try (FSDataInputStream in = file.getFileSystem().open(file)) {
                return of(where, in.readNBytes(MAX_BYTES + 1));
            }
        } catch (FileNotFoundException e) {
            throw new InvalidRuleSetException(List.of(where + ": there is no such file"), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidRuleSetException(List.of(where + ": cannot be read: " + e.getMessage()), e);
        }
    }

    /**
     * The rule set that a file's bytes are.
     *
     * @param where the file, for messages
     * @param bytes YAML in UTF-8, at most 1 MiB
     * @throws InvalidRuleSetException with every mistake
     */
    public static RuleSet of(String where, byte[] bytes) throws InvalidRuleSetException {
        return new RuleFile(where).read(bytes, version(bytes));
    }

    /**
     * What rules have to be together, whoever has written them.
     *
     * @param mistakes takes what is wrong, and the place of the rule that it is wrong with; -1: of all
     */
    static void check(List<Rule> rules, ObjIntConsumer<String> mistakes) {
        if (rules.isEmpty()) {
            mistakes.accept("expected at least one rule, but there is none", -1);
        }
        if (rules.size() > MOST) {
            mistakes.accept("expected at most " + MOST + " rules, but there are " + rules.size(), -1);
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            Integer first = places.putIfAbsent(rules.get(i).name(), i);
            if (first != null) {
                mistakes.accept(
                        "another rule, rules[" + first + "], has the name '"
                                + rules.get(i).name() + "'",
                        i);
            }
        }
    }

    private static String version(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
