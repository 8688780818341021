/** The trust score: a linear model read from an artifact directory, and why it said so. */
package io.datamill.step.score;
