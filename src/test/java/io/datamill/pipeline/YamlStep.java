package io.datamill.pipeline;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.TypeText;
import io.datamill.step.ExpandingStep;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import io.datamill.step.Steps;
import io.datamill.testing.Events;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.flink.util.InstantiationUtil;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** A stateless step as its YAML says it, which events given and told as YAML go through. */
public final class YamlStep {
    private final List<String> problems = new ArrayList<>();
    private final Schema input;
    private Planning planning;
    private Step step;

    /**
     * @param step such as {@code { cast: { amount: double } }}
     * @param fields those before it: {@code { amount: string }}
     */
    public YamlStep(String step, String fields) throws Exception {
        Problems told = new Problems();
        MappingNode read =
                new YamlText(told).read("step: " + step + "\nfields: " + fields + "\n").orElseThrow();
        input = new FieldsReader(told).read(child(read, "fields"), "")
                .orElseThrow(() -> new AssertionError(thrown(told)))
                .schema();
        new Choices<StepConfig>("step", Steps.VERBS, told)
                .only(child(read, "step"), "", Set.of())
                .flatMap(Choices.Chosen::config)
                .ifPresent(this::plan);
        problems.addAll(thrown(told));
        if (problems.isEmpty()) {
            open();
        }
    }

    void plan(StepConfig config) {
        planning = new Planning(input, (option, message) -> problems.add(option + ": " + message));
        step = config.plan(planning);
    }

    void open() throws Exception {
        step = InstantiationUtil.clone(step);
        if (step instanceof ExpandingStep expanding) {
            expanding.open();
        } else {
            ((StatelessStep) step).open();
        }
    }

    /** Each as {@code option: message}. */
    public List<String> problems() {
        return problems;
    }

    /** The fields after the step, with their types. */
    public String output() {
        return TypeText.of(planning.output());
    }

    public Planning planning() {
        return planning;
    }

    /** What becomes of one event: its fields, of several one in each line; {@code reject CODE: message}. */
    public String run(String event) throws Exception {
        Node node = new YamlText(new Problems()).read("event: " + event).orElseThrow();
        return run(List.<Object[]>of(YamlValues.row(child((MappingNode) node, "event"), input)));
    }

    String run(List<Object[]> rows) throws Exception {
        List<Event> out = new ArrayList<>();
        for (Object[] row : rows) {
            Event event = Events.event("id", 0, row);
            Object[] copy = row.clone();
            try {
                if (step instanceof ExpandingStep expanding) {
                    expanding.apply(event, out::add);
                } else {
                    Event next = ((StatelessStep) step).apply(event);
                    if (next != null) {
                        out.add(next);
                    }
                }
            } catch (RejectedEventException e) {
                return "reject " + e.reason() + ": " + e.getMessage();
            }
            if (!Arrays.equals(copy, row)) {
                throw new AssertionError("the step changed the event it was given");
            }
        }
        return out.stream().map(event -> show(event.values())).collect(Collectors.joining("\n"));
    }

    String show(Object[] values) {
        Schema schema = planning.output();
        return schema.getFields().stream()
                .map(field -> field.name() + ": " + YamlValues.show(values[field.pos()], field.schema()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    YamlStep(Schema input) {
        this.input = input;
    }

    static List<String> thrown(Problems told) {
        try {
            told.throwIfAny();
            return List.of();
        } catch (InvalidPipelineException e) {
            return e.problems().stream()
                    .map(problem -> problem.path() + ": " + problem.message())
                    .toList();
        }
    }

    static Node child(MappingNode mapping, String name) {
        return mapping.getValue().stream()
                .filter(entry -> Binder.text(entry.getKeyNode()).equals(name))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElse(null);
    }
}
