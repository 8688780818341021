package io.datamill.step.score;

import java.util.regex.Pattern;

/**
 * A feature of a model.
 *
 * @param name what reasons call it: letters, digits, {@code _}, {@code .} and {@code -}, at most 64
 */
public record NamedFeature(String name, Feature feature) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    public NamedFeature {
        Checks.require(NAME.matcher(name).matches(), "name: expected " + NAME + "; found '" + name + "'");
    }
}
