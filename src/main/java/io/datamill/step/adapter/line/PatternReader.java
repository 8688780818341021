package io.datamill.step.adapter.line;

import io.datamill.event.RejectedEventException;
import java.util.Collection;
import org.apache.avro.Schema;

/** Reads lines by a pattern. */
final class PatternReader implements LineReader {
    private static final long serialVersionUID = 1L;

    private final LinePattern pattern;
    private transient LineMatcher matcher;

    PatternReader(LinePattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public Schema schema() {
        return pattern.schema();
    }

    @Override
    public LineReader projected(Collection<String> fields) {
        return new PatternReader(pattern.projected(fields));
    }

    @Override
    public void open() {
        matcher = pattern.open();
    }

    @Override
    public Object[] read(String line) throws RejectedEventException {
        Object[] values = new Object[pattern.schema().getFields().size()];
        matcher.read(line, values, 0);
        return values;
    }
}
