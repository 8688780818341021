/** The report of a training: one HTML file that needs nothing beside it. */
package io.datamill.cli.training.report;
