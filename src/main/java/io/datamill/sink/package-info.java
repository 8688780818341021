/** Where outcomes and rejects go: the list of sinks and what each is asked for. */
package io.datamill.sink;
