/** JSON: its options, and the readers that fill an event's fields straight from the stream of tokens. */
package io.datamill.step.adapter.json;
