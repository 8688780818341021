/** Steps that decide what is done about an event. */
package io.datamill.step.decide;
