package io.datamill.step.transform;

/** Brings the values of one type to another; made once per subtask, for one thread. */
@FunctionalInterface
public interface Conversion {
    /** Stands for a value that the other type does not have. */
    Object FAILED = new Object();

    /**
     * Converts one value.
     *
     * @param value not null
     * @return as Avro's generic representation, or {@link #FAILED}
     */
    Object apply(Object value);
}
