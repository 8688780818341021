/** Many events become one: windows in event time, and what is known of the events in them. */
package io.datamill.step.group;
