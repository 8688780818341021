/** Elasticsearch: one index a month by event time, behind one alias. */
package io.datamill.sink.elasticsearch;
