/** What events are expected to look like, and how far they are from it. */
package io.datamill.step.expect;
