package io.datamill.step.fitted;

import io.datamill.config.Reference;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StepConfig;
import java.util.List;

/** The options of a verb whose parameters are learned from a sample; its plan needs the file that holds them. */
public interface FittedConfig extends StepConfig {

    /** The verb as the YAML has it. */
    String verb();

    /** The file that holds the parameters; null where these options need none. */
    Reference fitted();

    /** The same options with the parameters in another file. */
    FittedConfig withFitted(Reference file);

    /** The fields that something is learned of. */
    List<String> learned();

    /**
     * What learns the parameters from events of the schema before the step.
     *
     * @return null where a problem was reported
     */
    Fitting fitting(Planning planning);

    @Override
    default Stage stage() {
        return Stage.TRANSFORM;
    }
}
