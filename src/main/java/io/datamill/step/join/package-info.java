/** What other inputs and tables know of an event. */
package io.datamill.step.join;
