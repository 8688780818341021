package io.datamill.pipeline;

import io.datamill.event.RejectedEventException;
import io.datamill.pipeline.Choices.Chosen;
import io.datamill.step.Steps;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.testing.Events;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.flink.util.InstantiationUtil;

/** An adapter as a pipeline's YAML says it, planned, sent and opened. */
public final class YamlAdapter implements AutoCloseable {
    private final List<String> found = new ArrayList<>();
    private final Adapter adapter;

    /** @param yaml such as {@code json: { fields: { a: int } }} */
    public YamlAdapter(String yaml) throws Exception {
        Problems problems = new Problems();
        Optional<AdapterConfig> config = new YamlText(problems)
                .read(yaml)
                .flatMap(node -> new Choices<AdapterConfig>("adapter", Steps.ADAPTERS, problems)
                        .only(node, "", Set.of()))
                .flatMap(Chosen::config);
        Adapter planned = config.map(some -> some.plan((option, message) -> found.add(option + ": " + message)))
                .orElse(null);
        try {
            problems.throwIfAny();
        } catch (InvalidPipelineException e) {
            e.problems().forEach(problem -> found.add(problem.toString()));
        }
        adapter = planned == null ? null : InstantiationUtil.clone(planned);
        if (adapter != null) {
            adapter.open();
        }
    }

    /** Paths and messages of all mistakes; empty where the adapter can read. */
    public List<String> problems() {
        return found;
    }

    public Adapter adapter() {
        return adapter;
    }

    /** What one record of UTF-8 gives. */
    public List<Part> read(String record) throws RejectedEventException {
        return read(record.getBytes(StandardCharsets.UTF_8));
    }

    public List<Part> read(byte[] record) throws RejectedEventException {
        List<Part> parts = new ArrayList<>();
        adapter.read(Events.record(record), new Adapter.Output() {
            @Override
            public void event(Object[] values, UUID writerSchema, byte[] part) {
                parts.add(new Part(named(values), null, part));
            }

            @Override
            public void reject(RejectedEventException cause, byte[] part) {
                parts.add(new Part(null, cause, part));
            }
        });
        return parts;
    }

    /** The fields of a record that holds one event. */
    public Map<String, Object> event(String record) throws RejectedEventException {
        List<Part> parts = read(record);
        if (parts.size() != 1) {
            throw new AssertionError("expected one event, but read " + parts);
        }
        if (parts.get(0).cause() != null) {
            throw parts.get(0).cause();
        }
        return parts.get(0).fields();
    }

    @Override
    public void close() throws Exception {
        adapter.close();
    }

    private Map<String, Object> named(Object[] values) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (Schema.Field field : adapter.schema().getFields()) {
            named.put(field.name(), values[field.pos()]);
        }
        return named;
    }

    /**
     * An event or a reject.
     *
     * @param fields null for a reject
     */
    public record Part(Map<String, Object> fields, RejectedEventException cause, byte[] data) {
        public String text() {
            return new String(data, StandardCharsets.UTF_8);
        }

        /** The reason of a reject, or null. */
        public String reason() {
            return cause == null ? null : cause.reason();
        }
    }
}
