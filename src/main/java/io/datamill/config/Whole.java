package io.datamill.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The only component of a configuration record to which the whole YAML value binds, where it is no mapping of options:
 * {@code filter: "size > 0"}, or a mapping whose keys are the user's own, as in {@code derive}.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Whole {}
