/** What the stream holds: verdicts of events, and alerts of the jobs themselves. */
package io.datamill.alerter.message;
