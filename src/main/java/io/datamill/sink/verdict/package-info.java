/** Outcomes on a Kinesis stream. With {@code io.datamill.source}, the only place that knows the Kinesis connector. */
package io.datamill.sink.verdict;
