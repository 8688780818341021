package io.datamill.step.score;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a model gets from its features to the log-odds of trust. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Additive.class, name = "additive"),
    @JsonSubTypes.Type(value = Onnx.class, name = "onnx"),
})
public sealed interface Scorer permits Additive, Onnx {

    /** @throws IllegalArgumentException if it cannot score rows of so many features */
    void check(int features);
}
