/** Steps that change an event by itself alone. */
package io.datamill.step.transform;
