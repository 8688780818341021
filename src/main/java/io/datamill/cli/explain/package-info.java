/** Tells what a planned pipeline does: schemas, keys, state and the operators of its job. */
package io.datamill.cli.explain;
