package io.datamill.cli.explain;

import io.datamill.DatamillJob;
import io.datamill.pipeline.Plan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.graph.StreamingJobGraphGenerator;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;

/** The operators of a pipeline's job as Flink has them. Defining the job asks no server. */
public final class GraphText {
    private GraphText() {}

    /** A line for each operator: its number, name, uid, and what it gets from whom and how. */
    public static String of(Plan plan) {
        NoFileSystems.initialize();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        DatamillJob.define(env, plan);
        StreamGraph graph = env.getStreamGraph();
        List<StreamNode> nodes = graph.getStreamNodes().stream()
                .sorted((one, other) -> Integer.compare(one.getId(), other.getId()))
                .toList();
        List<Integer> ids = nodes.stream().map(StreamNode::getId).toList();
        int widest = nodes.stream()
                .mapToInt(node -> node.getOperatorName().length())
                .max()
                .orElse(0);
        int uid = nodes.stream().mapToInt(node -> uid(node).length()).max().orElse(0);
        StringBuilder text = new StringBuilder("graph\n");
        for (StreamNode node : nodes) {
            String inputs = node.getInEdges().stream()
                    .map(edge -> input(edge, ids, graph))
                    .distinct()
                    .collect(Collectors.joining(", "));
            text.append(String.format(
                            Locale.ROOT,
                            "  %3d  %-" + widest + "s  %-" + uid + "s  %s",
                            ids.indexOf(node.getId()) + 1,
                            node.getOperatorName(),
                            uid(node),
                            inputs)
                    .stripTrailing());
            text.append('\n');
        }
        return text.toString();
    }

    private static String uid(StreamNode node) {
        return node.getTransformationUID() == null ? "-" : node.getTransformationUID();
    }

    private static String input(StreamEdge edge, List<Integer> ids, StreamGraph graph) {
        int from = ids.indexOf(edge.getSourceId()) + 1;
        String part =
                edge.getOutputTag() == null ? "" : " (" + edge.getOutputTag().getId() + ")";
        if (StreamingJobGraphGenerator.isChainable(edge, graph)) {
            return "chained to " + from + part;
        }
        StreamPartitioner<?> partitioner = edge.getPartitioner();
        return switch (partitioner.toString()) {
            case "HASH" -> "by key from " + from;
            case "FORWARD" -> "from " + from + part;
            default -> partitioner.toString().toLowerCase(Locale.ROOT) + " from " + from + part;
        };
    }
}
