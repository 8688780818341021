package io.datamill.sink.render;

import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.Reject;
import io.datamill.event.RejectedEventException;
import io.datamill.sink.outbox.StoreRow;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Runs a renderer; what it refuses goes to the rejects with the raw record. */
public final class RenderOutcomes extends ProcessFunction<Event, StoreRow> {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<Reject> REJECTS = new OutputTag<>("render-rejects", TypeInformation.of(Reject.class));

    private final String path;
    private final String pipeline;
    private final Renderer renderer;

    /** @param path where the sink stands in the file */
    public RenderOutcomes(String path, String pipeline, Renderer renderer) {
        this.path = path;
        this.pipeline = pipeline;
        this.renderer = renderer;
    }

    @Override
    public void open(OpenContext context) {
        renderer.open();
    }

    @Override
    public void processElement(Event event, Context context, Collector<StoreRow> out) {
        try {
            out.collect(renderer.render(event));
        } catch (RejectedEventException e) {
            Header header = event.header();
            Reject.Cause cause = new Reject.Cause(path, e.reason(), e.getMessage(), pipeline);
            context.output(
                    REJECTS,
                    new Reject(
                            header.tenant(),
                            header.id(),
                            header.source().position(),
                            cause,
                            header.source().data()));
        }
    }
}
