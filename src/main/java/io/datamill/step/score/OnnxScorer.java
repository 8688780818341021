package io.datamill.step.score;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A session of ONNX Runtime, on the thread that calls it and no other: it scores rows in batches. Rows are written to
 * direct buffers that the runtime reads and answers in; it keeps no arena, so that its memory is the model's, the buffers'
 * and what one batch takes on its way. An instance serves one thread.
 */
public final class OnnxScorer implements AutoCloseable {
    /** The rows that a batch may have. */
    public static final int MAX_CAPACITY = 1_024;

    private static final String RUNTIME = "ai.onnxruntime.OrtEnvironment";

    private final Onnx onnx;
    private final int features;
    private final int capacity;
    private final OrtSession session;
    private final List<OnnxBuffer> inputs = new ArrayList<>();
    /** By the number of rows. */
    private final List<Map<String, OnnxTensor>> bound = new ArrayList<>();

    private OnnxBuffer output;

    private OnnxScorer(Onnx onnx, int features, int capacity, OrtSession session) {
        this.onnx = onnx;
        this.features = features;
        this.capacity = capacity;
        this.session = session;
    }

    /**
     * Loads a model, binds its inputs by name and type, and scores a row of zeros, to see what comes out.
     *
     * @param file the bytes of the ONNX file
     * @param capacity the most rows that a batch will have: 1 to {@value #MAX_CAPACITY}
     * @throws InvalidModelException if ONNX Runtime is not there, does not take the file, or the file has other inputs or
     *     outputs; the message is one line
     */
    public static OnnxScorer open(Onnx onnx, byte[] file, int features, int capacity) throws InvalidModelException {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity: expected 1 to " + MAX_CAPACITY + " rows; found " + capacity);
        }
        requireRuntime(OnnxScorer.class.getClassLoader());
        try {
            OnnxScorer scorer = new OnnxScorer(onnx, features, capacity, session(file));
            try {
                scorer.bind();
                return scorer;
            } catch (OrtException | InvalidModelException e) {
                scorer.close();
                throw e;
            }
        } catch (OrtException e) {
            String reason = e.getMessage().lines().findFirst().orElse("");
            throw new InvalidModelException(onnx.file() + ": ONNX Runtime does not take it: " + reason, e);
        }
    }

    /** @param loader that of this class, whose parent Flink's is */
    static void requireRuntime(ClassLoader loader) throws InvalidModelException {
        try {
            Class.forName(RUNTIME, false, loader);
        } catch (ClassNotFoundException e) {
            throw new InvalidModelException(
                    "it takes ONNX Runtime, which is not there: put onnxruntime-1.28.0.jar into Flink's lib", e);
        }
    }

    private static OrtSession session(byte[] file) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        environment.setTelemetry(false);
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return environment.createSession(file, options);
        }
    }

    private void bind() throws OrtException, InvalidModelException {
        OnnxBinding binding = new OnnxBinding(onnx, features, session);
        binding.check();
        int width = onnx.inputs().size() == 1 ? features : 1;
        for (String name : onnx.inputs()) {
            inputs.add(binding.input(name, width, capacity));
        }
        for (int rows = 0; rows <= capacity; rows++) {
            bound.add(null);
        }
        output = binding.output(tensors(1), capacity);
    }

    /** The inputs of a number of rows, made when first asked for. */
    private Map<String, OnnxTensor> tensors(int rows) throws OrtException {
        Map<String, OnnxTensor> tensors = bound.get(rows);
        if (tensors == null) {
            tensors = new TreeMap<>();
            for (int i = 0; i < inputs.size(); i++) {
                tensors.put(onnx.inputs().get(i), inputs.get(i).tensor(rows));
            }
            bound.set(rows, tensors);
        }
        return tensors;
    }

    /**
     * @param x rows of a number for each feature
     * @param rows how many of them to score: 1 to the capacity
     * @param margins takes the log-odds of trust of each row; NaN where the model gives no number, or no probability
     * @throws IllegalStateException if the runtime fails, which is not for the rows' sake
     */
    public void score(double[][] x, int rows, double[] margins) {
        if (rows < 1 || rows > capacity) {
            throw new IllegalArgumentException("rows: expected 1 to " + capacity + "; found " + rows);
        }
        for (int row = 0; row < rows; row++) {
            write(x[row], row);
        }
        try {
            run(rows);
        } catch (OrtException e) {
            throw new IllegalStateException(onnx.file() + ": ONNX Runtime failed: " + e.getMessage(), e);
        }
        int width = output.width();
        for (int row = 0; row < rows; row++) {
            margins[row] = onnx.margin(output.get(row * width + onnx.column()));
        }
    }

    private void write(double[] x, int row) {
        boolean together = inputs.size() == 1;
        for (int i = 0; i < features; i++) {
            if (together) {
                inputs.get(0).put(row * features + i, x[i]);
            } else {
                inputs.get(i).put(row, x[i]);
            }
        }
    }

    private void run(int rows) throws OrtException {
        // Closing the result leaves pinned tensors alone.
        session.run(tensors(rows), Map.of(onnx.output(), output.tensor(rows))).close();
    }

    /**
     * An approximate explanation of one row: by how much its log-odds are above what they would be with one feature
     * changed to its baseline, for each feature. The numbers do not sum to anything; features that stand in for each
     * other all get little.
     *
     * @param baseline a typical number for each feature, such as its mean over the training data
     */
    public double[] occlusion(double[] x, double[] baseline) {
        double[] margins = new double[capacity];
        score(new double[][] {x}, 1, margins);
        double whole = margins[0];
        double[] differences = new double[features];
        for (int from = 0; from < features; from += capacity) {
            int rows = Math.min(capacity, features - from);
            double[][] changed = new double[rows][];
            for (int row = 0; row < rows; row++) {
                changed[row] = Arrays.copyOf(x, features);
                changed[row][from + row] = baseline[from + row];
            }
            score(changed, rows, margins);
            for (int row = 0; row < rows; row++) {
                differences[from + row] = whole - margins[row];
            }
        }
        return differences;
    }

    @Override
    public void close() {
        inputs.forEach(OnnxBuffer::close);
        if (output != null) {
            output.close();
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(onnx.file() + ": the session cannot be closed: " + e.getMessage(), e);
        }
    }
}
