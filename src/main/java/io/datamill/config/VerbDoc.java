package io.datamill.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The reference of one verb, adapter or sink, on the record its options bind to. {@code datamill steps} prints it, docs/steps.md
 * is made of it, and a test runs the example.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface VerbDoc {
    /** What it is for: one or two sentences. */
    String purpose();

    /** The types it takes and gives, such as {@code string → string?}. */
    String signature();

    /** What rejects an event, with the reason codes; and what it gives null for. */
    String errors() default "None.";

    /** What it remembers for each key and for how long; empty where it is stateless. */
    String state() default "";

    /** A test case, in the form that {@code datamill test} reads; empty where it cannot run without a server. */
    String example();
}
