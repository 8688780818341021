package io.datamill.pipeline;

import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import io.datamill.step.Steps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.flink.util.InstantiationUtil;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * A step of any kind as its YAML says it, planned and sent, not opened.
 *
 * @param inputs the schemas of the inputs beside its stream, by name
 */
public record PlannedVerb(Schema input, Map<String, Schema> inputs, Schema output, Step step) {

    /**
     * Plans a step.
     *
     * @param yaml such as {@code { cast: { amount: double } }}
     * @param fields those before it: {@code { amount: string }}
     * @param others the fields of inputs beside the stream, by name, likewise
     * @param change may give other options in the place of those that were read
     */
    public static PlannedVerb of(
            String yaml, String fields, Map<String, String> others, UnaryOperator<StepConfig> change) throws Exception {
        Problems told = new Problems();
        StepConfig config = new Choices<StepConfig>("step", Steps.VERBS, told)
                .only(node(yaml, told), "", Set.of())
                .flatMap(Choices.Chosen::config)
                .orElseThrow(() -> new AssertionError(YamlStep.thrown(told)));
        Schema input = schema(fields);
        Map<String, Schema> inputs = new LinkedHashMap<>();
        others.forEach((name, of) -> inputs.put(name, schema(of)));
        Planning planning = new Planning(input, new Planning.Surroundings(inputs, true, true), (option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
        Step step = change.apply(config).plan(planning);
        return new PlannedVerb(input, inputs, planning.output(), InstantiationUtil.clone(step));
    }

    /** The record that {@code { name: type }} says. */
    public static Schema schema(String fields) {
        Problems told = new Problems();
        return new FieldsReader(told)
                .read(node(fields, told), "")
                .orElseThrow(() -> new AssertionError(YamlStep.thrown(told)))
                .schema();
    }

    private static Node node(String yaml, Problems told) {
        Node read = new YamlText(told).read("at: " + yaml + '\n').orElseThrow();
        return ((MappingNode) read)
                .getValue().stream().map(NodeTuple::getValueNode).findFirst().orElseThrow();
    }

    /** As {@code {name: type}}. */
    @Override
    public String toString() {
        return TypeText.of(output);
    }
}
