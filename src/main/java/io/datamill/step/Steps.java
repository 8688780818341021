package io.datamill.step;

import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.Avro;
import io.datamill.step.decide.Decide;
import io.datamill.step.enrich.Geoip;
import io.datamill.step.profile.Deduplicate;
import io.datamill.step.profile.Profile;
import io.datamill.step.score.Score;
import io.datamill.step.transform.Derive;
import io.datamill.step.transform.Filter;
import io.datamill.step.transform.Impute;
import io.datamill.step.transform.Select;
import java.util.Map;

/** The one list of adapters and verbs: the name in the YAML and the record its options bind to. */
public final class Steps {
    public static final Map<String, Class<? extends AdapterConfig>> ADAPTERS =
            Map.ofEntries(Map.entry("avro", Avro.Config.class));

    public static final Map<String, Class<? extends StepConfig>> VERBS = Map.ofEntries(
            Map.entry("decide", Decide.Config.class),
            Map.entry("deduplicate", Deduplicate.Config.class),
            Map.entry("derive", Derive.Config.class),
            Map.entry("filter", Filter.Config.class),
            Map.entry("geoip", Geoip.Config.class),
            Map.entry("impute", Impute.Config.class),
            Map.entry("profile", Profile.Config.class),
            Map.entry("score", Score.Config.class),
            Map.entry("select", Select.Config.class));

    private Steps() {}
}
