/** Expressions of the YAML: CEL, checked against the planned schema. */
package io.datamill.expression;
