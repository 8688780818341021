package io.datamill.cli.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.datamill.cli.release.ServedArtifact.What;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.YamlConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The limits as a file has them. What it does not say is as in {@link #standard}.
 *
 * @param overall for the events of all tenants together
 * @param eachTenant for the events of each; its {@code min-labelled} is how many labelled events a tenant has to have for
 *     its figures to count at all
 * @param tenants by name, where a tenant's differ; of one that is named, too few labelled events are a reason to refuse
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LimitsFile(
        Limits overall, @JsonProperty("each-tenant") Limits eachTenant, Map<String, Limits> tenants) {
    private static final LimitsFile MODELS = new LimitsFile(
            new Limits(100, 0.9, 0.005, 0.05, 0.005, 0.1), new Limits(50, 0.8, 0.02, 0.1, 0.02, 0.2), null);
    private static final LimitsFile RULES = new LimitsFile(
            new Limits(100, null, null, 0.05, 0.0, 0.1), new Limits(50, null, null, 0.1, 0.0, 0.2), null);

    public LimitsFile {
        overall = overall == null ? Limits.NONE : overall;
        eachTenant = eachTenant == null ? Limits.NONE : eachTenant;
        tenants = tenants == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(tenants));
    }

    /** What is asked for where nobody says otherwise. */
    public static LimitsFile standard(What what) {
        return what == What.MODEL ? MODELS : RULES;
    }

    /** @throws InvalidPipelineException with every mistake of the file */
    public static LimitsFile read(Path file, What what) throws InvalidPipelineException, IOException {
        LimitsFile read = YamlConfig.read(Files.readString(file), LimitsFile.class);
        LimitsFile standard = standard(what);
        return new LimitsFile(read.overall.or(standard.overall), read.eachTenant.or(standard.eachTenant), read.tenants);
    }

    /** Those of one tenant. */
    Limits of(String tenant) {
        return tenants.getOrDefault(tenant, Limits.NONE).or(eachTenant);
    }
}
