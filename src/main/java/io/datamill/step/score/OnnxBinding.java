package io.datamill.step.score;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.datamill.config.Suggestion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether a session has the inputs and the output that an artifact says, and of which types they are. */
final class OnnxBinding {
    private static final Set<OnnxJavaType> INPUTS =
            EnumSet.of(OnnxJavaType.FLOAT, OnnxJavaType.DOUBLE, OnnxJavaType.INT64, OnnxJavaType.INT32);
    private static final Set<OnnxJavaType> OUTPUTS = EnumSet.of(OnnxJavaType.FLOAT, OnnxJavaType.DOUBLE);

    private final Onnx onnx;
    private final int features;
    private final OrtSession session;
    private final Map<String, NodeInfo> infos;
    private final List<String> problems = new ArrayList<>();

    OnnxBinding(Onnx onnx, int features, OrtSession session) throws OrtException {
        this.onnx = onnx;
        this.features = features;
        this.session = session;
        this.infos = session.getInputInfo();
    }

    /** @throws InvalidModelException if names, types or shapes are others; it tells all of them */
    void check() throws InvalidModelException {
        for (String name : onnx.inputs()) {
            NodeInfo info = infos.get(name);
            if (info == null) {
                problems.add("there is no input '" + name + "'" + Suggestion.among(name, infos.keySet()));
            } else {
                checkInput(name, info);
            }
        }
        for (String name : infos.keySet()) {
            if (!onnx.inputs().contains(name)) {
                problems.add("nothing is bound to input '" + name + "'");
            }
        }
        if (!session.getOutputNames().contains(onnx.output())) {
            problems.add("there is no output '" + onnx.output() + "'"
                    + Suggestion.among(onnx.output(), session.getOutputNames()));
        }
        refuse();
    }

    private void checkInput(String name, NodeInfo info) {
        String input = "input '" + name + "' ";
        if (!(info.getInfo() instanceof TensorInfo tensor) || !INPUTS.contains(tensor.type)) {
            problems.add(input + "is " + type(info) + "; expected float, double, int64 or int32");
            return;
        }
        long[] shape = tensor.getShape();
        int width = onnx.inputs().size() == 1 ? features : 1;
        boolean flat = shape.length == 1 && width == 1;
        if (!flat && (shape.length != 2 || shape[1] >= 0 && shape[1] != width)) {
            problems.add(input + "has shape " + text(shape) + "; expected [rows, " + width + "]");
        } else if (shape[0] >= 0) {
            problems.add(input + "takes exactly " + shape[0] + " rows; export it for any number of rows");
        }
    }

    /** A checked input. */
    OnnxBuffer input(String name, int width, int capacity) {
        TensorInfo tensor = (TensorInfo) infos.get(name).getInfo();
        return new OnnxBuffer(tensor.type, width, tensor.getShape().length == 1, capacity);
    }

    /**
     * The output as one row shows it: the file need not say its shape.
     *
     * @throws InvalidModelException if it holds no numbers by row
     */
    OnnxBuffer output(Map<String, OnnxTensor> row, int capacity) throws OrtException, InvalidModelException {
        try (OrtSession.Result result = session.run(row, Set.of(onnx.output()))) {
            OnnxValue value = result.get(0);
            String output = "output '" + onnx.output() + "' ";
            if (!(value.getInfo() instanceof TensorInfo tensor) || !OUTPUTS.contains(tensor.type)) {
                problems.add(output + "is no tensor of float or double; export it without a map of labels (zipmap)");
                refuse();
                return null;
            }
            long[] shape = tensor.getShape();
            if (shape.length < 1 || shape.length > 2 || shape[0] != 1) {
                problems.add(output + "has shape " + text(shape) + " for one row; expected [rows] or [rows, columns]");
            }
            int width = shape.length == 2 ? Math.toIntExact(shape[1]) : 1;
            if (onnx.column() >= width) {
                problems.add(output + "has " + width + " columns; there is none of number " + onnx.column());
            }
            refuse();
            return new OnnxBuffer(tensor.type, width, shape.length == 1, capacity);
        }
    }

    private void refuse() throws InvalidModelException {
        if (!problems.isEmpty()) {
            throw new InvalidModelException(onnx.file() + ": " + String.join("; ", problems), null);
        }
    }

    private static String type(NodeInfo info) {
        return info.getInfo() instanceof TensorInfo tensor
                ? tensor.type.toString().toLowerCase(Locale.ROOT)
                : "no tensor";
    }

    private static String text(long[] shape) {
        List<String> sizes = new ArrayList<>();
        for (long size : shape) {
            sizes.add(size < 0 ? "any" : Long.toString(size));
        }
        return sizes.toString();
    }
}
