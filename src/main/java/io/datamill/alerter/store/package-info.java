/** What the alerter remembers, in Postgres. */
package io.datamill.alerter.store;
