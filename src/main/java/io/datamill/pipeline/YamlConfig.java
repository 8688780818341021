package io.datamill.pipeline;

import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads other YAML than a pipeline's the way a pipeline is read: bound to records, every mistake with its place. */
public final class YamlConfig {
    private YamlConfig() {}

    /**
     * The record that a text binds to.
     *
     * @throws InvalidPipelineException with every mistake found
     */
    public static <R> R read(String text, Class<R> type) throws InvalidPipelineException {
        Problems problems = new Problems();
        MappingNode root = new YamlText(problems).read(text).orElse(null);
        R read = root == null ? null : new Binder(problems).bind(root, type, "", Set.of()).orElse(null);
        problems.throwIfAny();
        return read;
    }
}
