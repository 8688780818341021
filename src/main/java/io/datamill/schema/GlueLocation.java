package io.datamill.schema;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * A registry of AWS Glue: {@code glue://region/registry-name}, or {@code glue://region/registry-name?endpoint=URL} where
 * another endpoint than the region's own is asked.
 *
 * @param endpoint null for the region's own
 */
record GlueLocation(String region, String registry, String endpoint) {
    static final String SCHEME = "glue";

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
    private static final Pattern REGISTRY = Pattern.compile("/[A-Za-z0-9_$.-]{1,255}");
    private static final String ENDPOINT = "endpoint=";

    /** @throws IllegalArgumentException with what was expected */
    static GlueLocation parse(String location) {
        URI uri = URI.create(location);
        String query = uri.getQuery();
        if (uri.getHost() == null
                || !REGION.matcher(uri.getHost()).matches()
                || !REGISTRY.matcher(uri.getPath()).matches()
                || (query != null && !query.startsWith(ENDPOINT))) {
            throw new IllegalArgumentException("expected the schema registry as glue://region/registry-name, such as"
                    + " glue://eu-central-1/default-registry, but read '" + location + "'");
        }
        return new GlueLocation(
                uri.getHost(), uri.getPath().substring(1), query == null ? null : query.substring(ENDPOINT.length()));
    }

    @Override
    public String toString() {
        return SCHEME + "://" + region + "/" + registry;
    }
}
