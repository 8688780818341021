package io.datamill.cli.replay;

import io.datamill.cli.local.JsonLines;
import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.step.adapter.EventReader;
import io.datamill.step.adapter.Peek;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What today's adapter makes of a raw record.
 *
 * @param events as JSON
 * @param refusals why it gives no more
 */
record ReadToday(List<String> events, List<String> refusals) {
    ReadToday {
        events = List.copyOf(events);
        refusals = List.copyOf(refusals);
    }

    /** Reads it with the adapter of the input that the record is from. */
    static ReadToday of(Path pipeline, Reject reject) throws Exception {
        Plan plan = new Planner(Catalog.STANDARD).trial().plan(pipeline);
        Plan.Input input = Inputs.of(plan, reject.position().stream())
                .orElseThrow(() -> new IllegalArgumentException(
                        "no input of the pipeline reads the stream " + reject.position().stream()));
        EventReader reader = input.reader();
        Peek peek = plan.peek(input);
        List<String> events = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        JsonLines json = new JsonLines(reader.schema());
        peek.open();
        reader.open();
        try {
            reader.read(peek.peek(new SourceRecord(reject.position(), "", reject.payload())), new EventReader.Output() {
                @Override
                public void event(Event event) {
                    events.add(new String(json.outcome(event), StandardCharsets.UTF_8));
                }

                @Override
                public void reject(SourceRecord part, RejectedEventException cause) {
                    refusals.add(cause.reason() + ": " + cause.getMessage());
                }
            });
        } finally {
            reader.close();
            peek.close();
        }
        return new ReadToday(events, refusals);
    }
}
