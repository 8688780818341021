package io.datamill.event;

/**
 * So many records had this fate, of those that arrived within one minute.
 *
 * @param tenant empty where it could not be read
 * @param minute the start of the minute of arrival, milliseconds since the epoch
 */
public record LedgerEntry(String tenant, long minute, Fate fate, long count) {}
