/** Where records come from. With the verdict sink, the only place that knows the Kinesis connector. */
package io.datamill.source;
