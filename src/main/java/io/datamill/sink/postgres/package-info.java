/** Postgres: one row for each event, the highest version of it. */
package io.datamill.sink.postgres;
