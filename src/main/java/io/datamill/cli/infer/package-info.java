/** Guesses the types of a sample's fields, with how much of the sample each guess holds for. */
package io.datamill.cli.infer;
