/** The ways to tell of an alert: a webhook, Slack, e-mail. */
package io.datamill.alerter.channel;
