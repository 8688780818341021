package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;

/** The envelope of an event that is to be a record alone. */
final class Envelope {
    private Envelope() {}

    /** @param path of the array */
    static String around(CharSequence event, List<String> path) {
        StringBuilder record = new StringBuilder();
        for (String name : path) {
            record.append("{\"").append(JsonStringEncoder.getInstance().quoteAsString(name)).append("\":");
        }
        return record.append('[').append(event).append(']').append("}".repeat(path.size())).toString();
    }
}
