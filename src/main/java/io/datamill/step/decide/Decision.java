package io.datamill.step.decide;

import io.datamill.step.enrich.TenantLists;
import java.io.Serializable;

/**
 * What was decided about an event.
 *
 * @param verdict as {@link Verdict#word} gives it
 * @param label the label's text; null for any other verdict
 * @param rule the name of what decided; null where nothing did
 */
public record Decision(String verdict, String label, String rule) implements Serializable {
    static final Decision PASS = new Decision(Verdict.PASS.word(), null, null);
    private static final Decision ALLOWED = new Decision(Verdict.PASS.word(), null, Rule.ALLOW_LIST);
    private static final Decision DENIED = new Decision(Verdict.QUARANTINE.word(), null, Rule.DENY_LIST);

    /** What a list decides. */
    static Decision of(TenantLists.Match listed) {
        return listed.allowed() ? ALLOWED : DENIED;
    }
}
