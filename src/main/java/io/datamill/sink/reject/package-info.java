/** Where rejects go: all of them with all their bytes to the lake, and to Elasticsearch to be found. */
package io.datamill.sink.reject;
