/**
 * Verbs whose parameters are learned from a sample by {@code datamill fit} and only applied by the stream, and their
 * kin that need no learning.
 */
package io.datamill.step.fitted;
