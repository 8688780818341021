/** Schemas, the registry that names them, the wire format that points at them, and reading across versions. */
package io.datamill.schema;
