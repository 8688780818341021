/** The verbs of a pipeline. {@link io.datamill.step.Steps} lists them; each is one file in a package below. */
package io.datamill.step;
