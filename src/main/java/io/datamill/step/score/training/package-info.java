/** Trains the model that {@link io.datamill.step.score.Score} runs: repeatable to the byte, on the very same measures. */
package io.datamill.step.score.training;
