package io.datamill.config;

import java.util.regex.Pattern;

/** The JDBC URL of a Postgres, checked before the driver gets it. */
public final class PostgresUrl {
    /** Hosts with a port or without; the driver shows any other URL in its messages, with the password. */
    private static final Pattern FORM = Pattern.compile("jdbc:postgresql://HOST(,HOST)*/[^?@]*(\\?.*)?"
            .replace("HOST", "(\\[[0-9A-Fa-f:.]+]|[\\w.-]+)(:[0-9]{1,5})?"));

    private PostgresUrl() {}

    /**
     * The URL itself.
     *
     * @throws IllegalArgumentException without the URL, which may hold a password
     */
    public static String checked(String url) {
        if (!FORM.matcher(url).matches()) {
            throw new IllegalArgumentException("the url of Postgres is none that the driver takes;"
                    + " expected jdbc:postgresql://host:5432/database?user=u&password=p");
        }
        return url;
    }
}
