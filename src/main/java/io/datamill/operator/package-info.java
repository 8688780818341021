/** The operators of the job graph: each box between source and sinks is one of these. */
package io.datamill.operator;
