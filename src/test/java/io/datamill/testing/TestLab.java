package io.datamill.testing;

import io.datamill.lab.Lab;
import io.datamill.lab.LabFiles;

/** The servers, started once for all tests of a JVM; they stop with it. */
public final class TestLab {
    private static Lab lab;

    private TestLab() {}

    public static synchronized Lab get() {
        if (lab == null) {
            lab = Lab.start(LabFiles.locate());
        }
        lab.initializeFlinkFileSystems(); // Each time: a lab of another test may have been the last to do so.
        return lab;
    }
}
