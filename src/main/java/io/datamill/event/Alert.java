package io.datamill.event;

/**
 * Something about the pipeline itself that a person should look at, such as a model that was refused.
 *
 * @param id the same each time the same thing is told, so that whoever reads alerts acts on it once
 * @param source what tells it, such as {@code releases}
 * @param tenant whom it concerns; empty: all
 * @param title one line
 * @param text what happened, what it means, and what to do
 * @param at milliseconds since the epoch
 */
public record Alert(String id, String source, String tenant, String title, String text, long at) {}
