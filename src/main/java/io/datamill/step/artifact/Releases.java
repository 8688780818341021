package io.datamill.step.artifact;

import io.datamill.step.SwappableStep.Watch;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How releases are read and told apart. */
public final class Releases {
    public static final TypeInformation<Release> TYPE = Release.type();

    private Releases() {}

    /**
     * What a directory serves now.
     *
     * @throws InvalidArtifactException if that is not what it should be
     * @throws IOException if it cannot be read now
     */
    public static Release read(Watch watch) throws IOException, InvalidArtifactException {
        ArtifactDirectory directory = new ArtifactDirectory(watch.directory().resolve());
        return directory.release(watch.directory().written(), directory.pointerText(), watch.kind(), null);
    }

    /** Whether a release has a higher revision than another of its directory, or there is no other. */
    public static boolean isNewer(Release release, Release than) {
        return than == null || revision(release) > revision(than);
    }

    private static long revision(Release release) {
        try {
            return release.readPointer().revision();
        } catch (InvalidArtifactException e) {
            return 0; // It is not served: anything else is newer.
        }
    }
}
