package io.datamill.cli.training;

import io.datamill.step.score.training.Labelled;
import io.datamill.step.score.training.Lineage;
import java.util.List;
import java.util.Map;

/**
 * What came of reading events.
 *
 * @param names of the features
 * @param leftOut how many events were no use, by reason
 */
public record Gathered(List<String> names, List<Labelled> examples, Lineage.Origin origin, Map<String, Long> leftOut) {}
