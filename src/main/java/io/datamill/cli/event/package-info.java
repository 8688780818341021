/** What {@code datamill explain-event} tells: the way of one event that a store has kept. */
package io.datamill.cli.event;
