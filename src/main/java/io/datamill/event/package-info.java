/** The only types that flow through the job graph. */
package io.datamill.event;
