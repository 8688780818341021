package io.datamill.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The reference of one option, on the component it binds to. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OptionDoc {
    /** What it says, with its unit and bounds. */
    String value();

    /** What holds where it is absent, as it would be written; empty: it is required. */
    String otherwise() default "";
}
