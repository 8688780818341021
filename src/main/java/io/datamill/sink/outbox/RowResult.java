package io.datamill.sink.outbox;

/** What a store said about one row. */
public sealed interface RowResult {
    RowResult WRITTEN = new Written();
    RowResult STALE = new Stale();

    /** The row is there now. */
    record Written() implements RowResult {}

    /** The store has this version or a higher one; nothing to do. */
    record Stale() implements RowResult {}

    /**
     * The row can never be written as it is.
     *
     * @param code the store's own, such as {@code SQLSTATE_23514}
     */
    record Refused(String code, String reason) implements RowResult {}

    /** Not now; the same row may go through later. */
    record Retry(String code, String reason) implements RowResult {}
}
