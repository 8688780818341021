/** What {@code datamill promote}, {@code rollback} and {@code releases} do: versions, backtests and their limits. */
package io.datamill.cli.release;
