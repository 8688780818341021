package io.datamill.step;

import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.decide.Decide;
import io.datamill.step.transform.Derive;
import io.datamill.step.transform.Filter;
import java.util.Map;

/** The one list of adapters and verbs: the name in the YAML and the record its options bind to. */
public final class Steps {
    public static final Map<String, Class<? extends AdapterConfig>> ADAPTERS = Map.of();

    public static final Map<String, Class<? extends StepConfig>> VERBS = Map.ofEntries(
            Map.entry("decide", Decide.Config.class),
            Map.entry("derive", Derive.Config.class),
            Map.entry("filter", Filter.Config.class));

    private Steps() {}
}
