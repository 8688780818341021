package io.datamill.operator;

import io.datamill.event.Alert;
import io.datamill.step.artifact.Release;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Tells of releases that were refused. */
public final class ReleaseAlerts implements FlatMapFunction<Release, Alert> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(Release release, Collector<Alert> alerts) {
        if (release.problem != null) {
            alerts.collect(new Alert(
                    DigestUtils.sha256Hex(release.directory + release.problem),
                    "releases",
                    "",
                    "Refused what " + release.directory + " serves",
                    release.problem + ". The job goes on with the version it has; publish a sound one or roll back.",
                    System.currentTimeMillis()));
        }
    }
}
