package io.datamill.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema as a pipeline names it: a subject and a version, {@code email-metadata-v4}; or a subject alone, {@code
 * email-metadata}, which is its latest version.
 *
 * @param version from 1, or {@link #LATEST}
 */
public record SchemaName(String subject, int version) {
    public static final int LATEST = 0;

    private static final Pattern VERSIONED = Pattern.compile("(.+)-v([1-9]\\d{0,8})");
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,189}");

    public static SchemaName parse(String name) {
        Matcher matcher = VERSIONED.matcher(name);
        return matcher.matches()
                ? new SchemaName(matcher.group(1), Integer.parseInt(matcher.group(2)))
                : new SchemaName(name, LATEST);
    }

    /**
     * Whether schemas can be registered under this name: letters, digits, {@code . _ -}, 190 at most, not ending like a
     * version. It is safe in a URL's path and as a part of a file's name.
     */
    public static boolean isSubject(String name) {
        return SUBJECT.matcher(name).matches() && !VERSIONED.matcher(name).matches();
    }

    public boolean isLatest() {
        return version == LATEST;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return isLatest() ? subject : subject + "-v" + version;
    }
}
