package io.datamill.step;

import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.Avro;
import io.datamill.step.adapter.json.CloudwatchLogs;
import io.datamill.step.adapter.json.Json;
import io.datamill.step.adapter.line.Grok;
import io.datamill.step.adapter.line.Logfmt;
import io.datamill.step.adapter.line.Text;
import io.datamill.step.adapter.table.Csv;
import io.datamill.step.adapter.table.Tsv;
import io.datamill.step.decide.Decide;
import io.datamill.step.enrich.Campaign;
import io.datamill.step.enrich.Domain;
import io.datamill.step.enrich.Geoip;
import io.datamill.step.enrich.Lists;
import io.datamill.step.enrich.LookAlike;
import io.datamill.step.enrich.MailProvider;
import io.datamill.step.enrich.UrlShortener;
import io.datamill.step.enrich.UserAgent;
import io.datamill.step.expect.Expect;
import io.datamill.step.fitted.Binarize;
import io.datamill.step.fitted.Encode;
import io.datamill.step.fitted.ImputeFitted;
import io.datamill.step.fitted.MinMax;
import io.datamill.step.fitted.Normalize;
import io.datamill.step.fitted.Pca;
import io.datamill.step.fitted.StandardScale;
import io.datamill.step.fitted.TfIdf;
import io.datamill.step.group.Group;
import io.datamill.step.join.Join;
import io.datamill.step.join.Lookup;
import io.datamill.step.profile.Deduplicate;
import io.datamill.step.profile.Profile;
import io.datamill.step.score.Score;
import io.datamill.step.transform.Cast;
import io.datamill.step.transform.Derive;
import io.datamill.step.transform.Drop;
import io.datamill.step.transform.Explode;
import io.datamill.step.transform.Filter;
import io.datamill.step.transform.Flatten;
import io.datamill.step.transform.GrokField;
import io.datamill.step.transform.Impute;
import io.datamill.step.transform.ImputeLast;
import io.datamill.step.transform.Pseudonymise;
import io.datamill.step.transform.Redact;
import io.datamill.step.transform.Rename;
import io.datamill.step.transform.Route;
import io.datamill.step.transform.Select;
import io.datamill.step.transform.parse.Parse;
import java.util.Map;

/** The one list of adapters and verbs: the name in the YAML and the record its options bind to. */
public final class Steps {
    public static final Map<String, Class<? extends AdapterConfig>> ADAPTERS = Map.ofEntries(
            Map.entry("avro", Avro.Config.class),
            Map.entry("cloudwatch-logs", CloudwatchLogs.Config.class),
            Map.entry("csv", Csv.Config.class),
            Map.entry("grok", Grok.Config.class),
            Map.entry("json", Json.Config.class),
            Map.entry("logfmt", Logfmt.Config.class),
            Map.entry("text", Text.Config.class),
            Map.entry("tsv", Tsv.Config.class));

    public static final Map<String, Class<? extends StepConfig>> VERBS = Map.ofEntries(
            Map.entry("binarize", Binarize.Config.class),
            Map.entry("campaign", Campaign.Config.class),
            Map.entry("cast", Cast.Config.class),
            Map.entry("decide", Decide.Config.class),
            Map.entry("deduplicate", Deduplicate.Config.class),
            Map.entry("derive", Derive.Config.class),
            Map.entry("domain", Domain.Config.class),
            Map.entry("drop", Drop.Config.class),
            Map.entry("encode", Encode.Config.class),
            Map.entry("expect", Expect.Config.class),
            Map.entry("explode", Explode.Config.class),
            Map.entry("filter", Filter.Config.class),
            Map.entry("flatten", Flatten.Config.class),
            Map.entry("geoip", Geoip.Config.class),
            Map.entry("grok", GrokField.Config.class),
            Map.entry("group", Group.Config.class),
            Map.entry("impute", Impute.Config.class),
            Map.entry("impute-fitted", ImputeFitted.Config.class),
            Map.entry("impute-last", ImputeLast.Config.class),
            Map.entry("join", Join.Config.class),
            Map.entry("lists", Lists.Config.class),
            Map.entry("look-alike", LookAlike.Config.class),
            Map.entry("lookup", Lookup.Config.class),
            Map.entry("mail-provider", MailProvider.Config.class),
            Map.entry("min-max", MinMax.Config.class),
            Map.entry("normalize", Normalize.Config.class),
            Map.entry("parse", Parse.Config.class),
            Map.entry("pca", Pca.Config.class),
            Map.entry("profile", Profile.Config.class),
            Map.entry("pseudonymise", Pseudonymise.Config.class),
            Map.entry("redact", Redact.Config.class),
            Map.entry("rename", Rename.Config.class),
            Map.entry("route", Route.Config.class),
            Map.entry("score", Score.Config.class),
            Map.entry("select", Select.Config.class),
            Map.entry("standard-scale", StandardScale.Config.class),
            Map.entry("tf-idf", TfIdf.Config.class),
            Map.entry("url-shortener", UrlShortener.Config.class),
            Map.entry("user-agent", UserAgent.Config.class));

    private Steps() {}
}
