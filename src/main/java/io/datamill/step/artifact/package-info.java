/** Versioned artifacts, such as models and rules, and which version of one is served from when on. */
package io.datamill.step.artifact;
