package io.datamill.step.score;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that an input or the output of a session lies in, and tensors over it of any number of rows. */
final class OnnxBuffer implements AutoCloseable {
    private final OnnxJavaType type;
    private final int width;
    private final boolean flat;
    private final ByteBuffer buffer;
    private final OnnxTensor[] tensors;

    /**
     * @param width the numbers of a row
     * @param flat whether the shape is [rows] and not [rows, width]
     */
    OnnxBuffer(OnnxJavaType type, int width, boolean flat, int capacity) {
        this.type = type;
        this.width = width;
        this.flat = flat;
        this.buffer = ByteBuffer.allocateDirect(capacity * width * type.size).order(ByteOrder.nativeOrder());
        this.tensors = new OnnxTensor[capacity + 1];
    }

    int width() {
        return width;
    }

    /** Over the first rows; made when first asked for. */
    OnnxTensor tensor(int rows) throws OrtException {
        if (tensors[rows] == null) {
            ByteBuffer part = buffer.slice(0, rows * width * type.size).order(ByteOrder.nativeOrder());
            long[] shape = flat ? new long[] {rows} : new long[] {rows, width};
            tensors[rows] = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), part, shape, type);
        }
        return tensors[rows];
    }

    /** Whole numbers take the nearest one that they can hold; 0 for NaN. */
    void put(int index, double value) {
        switch (type) {
            case FLOAT -> buffer.putFloat(index * Float.BYTES, (float) value);
            case DOUBLE -> buffer.putDouble(index * Double.BYTES, value);
            case INT64 -> buffer.putLong(index * Long.BYTES, Math.round(value));
            default ->
                buffer.putInt(index * Integer.BYTES, (int)
                        Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Math.round(value))));
        }
    }

    double get(int index) {
        return type == OnnxJavaType.FLOAT
                ? buffer.getFloat(index * Float.BYTES)
                : buffer.getDouble(index * Double.BYTES);
    }

    @Override
    public void close() {
        for (OnnxTensor tensor : tensors) {
            if (tensor != null) {
                tensor.close();
            }
        }
    }
}
