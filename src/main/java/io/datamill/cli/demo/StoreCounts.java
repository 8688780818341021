package io.datamill.cli.demo;

import io.datamill.event.Fate;
import java.util.Map;

/**
 * What each store holds, counted in the stores themselves.
 *
 * @param in records on the stream
 * @param ledger records by fate, as Postgres has them
 * @param postgres rows
 * @param elasticsearch documents
 * @param s3 rows of the lake's committed files
 * @param rejects rows of the rejects' committed files
 * @param verdicts rows of Postgres by verdict
 */
public record StoreCounts(
        long in,
        Map<Fate, Long> ledger,
        long postgres,
        long elasticsearch,
        long s3,
        long rejects,
        Map<String, Long> verdicts) {

    long fate(Fate fate) {
        return ledger.getOrDefault(fate, 0L);
    }

    /** Whether every record that went in came out once, as what the ledger says, in every store. */
    public boolean reconciles() {
        long accepted = fate(Fate.OUT);
        return in == fate(Fate.IN) - fate(Fate.ABSORBED) // Analysts' labels are absorbed.
                && in == accepted + fate(Fate.DUPLICATE) + fate(Fate.FILTERED) + fate(Fate.REJECTED)
                && accepted == postgres
                && accepted == elasticsearch
                && accepted == s3
                && fate(Fate.REJECTED) == rejects
                && verdicts.values().stream().mapToLong(Long::longValue).sum() == postgres;
    }
}
