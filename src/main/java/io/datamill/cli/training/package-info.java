/** What {@code datamill train} and {@code evaluate} read: events of files or of a pipeline, and their labels. */
package io.datamill.cli.training;
