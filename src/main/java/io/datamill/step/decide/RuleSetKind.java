package io.datamill.step.decide;

import io.datamill.step.SwappableStep.Watch;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.ArtifactKind;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Releases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** What a running job needs of a rule set's directory: the one file. */
public enum RuleSetKind implements ArtifactKind {
    RULES;

    @Override
    public String main() {
        return RuleSet.FILE;
    }

    @Override
    public List<String> others(byte[] main) throws InvalidArtifactException {
        read(Map.of(RuleSet.FILE, main));
        return List.of();
    }

    /** The release of a directory: what its pointer serves, or the one rule set that it is. */
    static Release release(ArtifactDirectory directory, Watch watch) throws IOException, InvalidArtifactException {
        if (directory.hasPointer()) {
            return Releases.read(watch);
        }
        try {
            String version = RuleSet.read(directory.path().toString()).version();
            return directory.only(watch.directory().written(), version, RULES);
        } catch (InvalidRuleSetException e) {
            throw new InvalidArtifactException(e.mistakes());
        }
    }

    /** Rules that are ready to decide on events of one schema, from their files by name. */
    static Decider decider(Map<String, byte[]> files, Schema input) throws InvalidArtifactException {
        List<String> problems = new ArrayList<>();
        Decider decider = Decider.plan(read(files), input, problems::add);
        if (decider == null) {
            throw new InvalidArtifactException(problems);
        }
        decider.open();
        return decider;
    }

    private static RuleSet read(Map<String, byte[]> files) throws InvalidArtifactException {
        try {
            return RuleSet.of(RuleSet.FILE, files.get(RuleSet.FILE));
        } catch (InvalidRuleSetException e) {
            throw new InvalidArtifactException(e.mistakes());
        }
    }
}
