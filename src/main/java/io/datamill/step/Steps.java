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
import java.util.Map;

/** The one list of adapters and verbs: the name in the YAML and the record its options bind to. */
public final class Steps {
    public static final Map<String, Class<? extends AdapterConfig>> ADAPTERS = Map.of("avro", Avro.Config.class);

    public static final Map<String, Class<? extends StepConfig>> VERBS = Map.of(
            "impute", Impute.Config.class,
            "derive", Derive.Config.class,
            "filter", Filter.Config.class,
            "geoip", Geoip.Config.class,
            "deduplicate", Deduplicate.Config.class,
            "profile", Profile.Config.class,
            "score", Score.Config.class,
            "decide", Decide.Config.class);

    private Steps() {}
}
