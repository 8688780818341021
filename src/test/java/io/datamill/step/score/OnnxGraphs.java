package io.datamill.step.score;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small ONNX files, node by node. */
public final class OnnxGraphs {
    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

    /** Trees as a {@code TreeEnsembleRegressor}, whose output {@code margin} is their sum. */
    public static byte[] trees(Additive model, int features) {
        NodeProto.Builder node =
                node("TreeEnsembleRegressor", List.of("x"), "margin").setDomain("ai.onnx.ml");
        Columns columns = new Columns();
        for (int i = 0; i < model.trees().size(); i++) {
            columns.add(model.trees().get(i), i);
        }
        columns.into(node);
        node.addAttribute(floats("base_values", List.of((float) model.intercept())));
        return new OnnxGraphs()
                .input("x", FLOAT, -1, features)
                .node(node)
                .output("margin", FLOAT)
                .bytes();
    }

    /** The sum of the features, times a factor, plus a constant, as {@code margin}. */
    public static byte[] affine(int features, float factor, float constant) {
        float[] weights = new float[features];
        Arrays.fill(weights, factor);
        return new OnnxGraphs()
                .input("x", FLOAT, -1, features)
                .constant("weights", features, 1, weights)
                .constant("constant", 1, 1, constant)
                .node(node("Gemm", List.of("x", "weights", "constant"), "margin"))
                .output("margin", FLOAT)
                .bytes();
    }

    /** Looks the one feature up in a table of three, and fails where it is none of -3 to 2. */
    static byte[] lookUp() {
        return new OnnxGraphs()
                .input("x", FLOAT, -1, 1)
                .constant("table", 3, 1, 0.5f, 1, 2)
                .node(node("Cast", List.of("x"), "index")
                        .addAttribute(number("to", TensorProto.DataType.INT64.getNumber())))
                .node(node("Gather", List.of("table", "index"), "found"))
                .node(node("Flatten", List.of("found"), "margin"))
                .output("margin", FLOAT)
                .bytes();
    }

    OnnxGraphs input(String name, int type, int... shape) {
        graph.addInput(value(name, type, shape));
        return this;
    }

    OnnxGraphs output(String name, int type) {
        graph.addOutput(ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type))));
        return this;
    }

    OnnxGraphs node(NodeProto.Builder node) {
        graph.addNode(node.setName("node" + graph.getNodeCount()));
        return this;
    }

    OnnxGraphs constant(String name, int rows, int columns, float... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(FLOAT)
                .addDims(rows)
                .addDims(columns);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    byte[] bytes() {
        return ModelProto.newBuilder()
                .setIrVersion(6)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(1))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    static NodeProto.Builder node(String operator, List<String> inputs, String output) {
        return NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addOutput(output);
    }

    static AttributeProto.Builder number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value);
    }

    private static AttributeProto.Builder numbers(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values);
    }

    private static AttributeProto.Builder floats(String name, List<Float> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOATS)
                .addAllFloats(values);
    }

    private static ValueInfoProto value(String name, int type, int... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(size < 0 ? dimension.setDimParam("rows") : dimension.setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(dimensions)))
                .build();
    }

    /** The attributes of a tree ensemble, a column each. */
    private static final class Columns {
        private final List<Long> trees = new ArrayList<>();
        private final List<Long> nodes = new ArrayList<>();
        private final List<Long> features = new ArrayList<>();
        private final List<Float> thresholds = new ArrayList<>();
        private final List<Long> below = new ArrayList<>();
        private final List<Long> notBelow = new ArrayList<>();
        private final List<Long> missingBelow = new ArrayList<>();
        private final List<String> modes = new ArrayList<>();
        private final List<Long> leafTrees = new ArrayList<>();
        private final List<Long> leaves = new ArrayList<>();
        private final List<Float> weights = new ArrayList<>();

        void add(Tree tree, long number) {
            for (int node = 0; node < tree.feature().length; node++) {
                boolean leaf = tree.leaf(node);
                trees.add(number);
                nodes.add((long) node);
                features.add(leaf ? 0L : tree.feature()[node]);
                thresholds.add(tree.threshold()[node]);
                below.add(leaf ? 0L : tree.below()[node]);
                notBelow.add(leaf ? 0L : tree.notBelow()[node]);
                missingBelow.add(tree.missingBelow()[node] ? 1L : 0L);
                modes.add(leaf ? "LEAF" : "BRANCH_LT");
                if (leaf) {
                    leafTrees.add(number);
                    leaves.add((long) node);
                    weights.add((float) tree.value()[node]);
                }
            }
        }

        void into(NodeProto.Builder node) {
            node.addAttribute(number("n_targets", 1))
                    .addAttribute(numbers("nodes_treeids", trees))
                    .addAttribute(numbers("nodes_nodeids", nodes))
                    .addAttribute(numbers("nodes_featureids", features))
                    .addAttribute(floats("nodes_values", thresholds))
                    .addAttribute(numbers("nodes_truenodeids", below))
                    .addAttribute(numbers("nodes_falsenodeids", notBelow))
                    .addAttribute(numbers("nodes_missing_value_tracks_true", missingBelow))
                    .addAttribute(AttributeProto.newBuilder()
                            .setName("nodes_modes")
                            .setType(AttributeProto.AttributeType.STRINGS)
                            .addAllStrings(
                                    modes.stream().map(ByteString::copyFromUtf8).toList()))
                    .addAttribute(numbers("target_treeids", leafTrees))
                    .addAttribute(numbers("target_nodeids", leaves))
                    .addAttribute(numbers(
                            "target_ids", leaves.stream().map(leaf -> 0L).toList()))
                    .addAttribute(floats("target_weights", weights));
        }
    }
}
