package io.datamill.cli.training;

import java.io.PrintWriter;
import java.util.Map;

/** Tells people which events did not count: a result on a part of the data shall not pass for one on all. */
public final class LeftOut {
    private LeftOut() {}

    /**
     * One line for each reason that there was.
     *
     * @param events how many, by reason
     */
    public static void tell(Map<String, Long> events, PrintWriter err) {
        events.forEach((reason, count) -> {
            if (count > 0) {
                err.println(count + " events left out: " + reason);
            }
        });
    }
}
