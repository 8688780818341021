/** {@code datamill registry}: the server of schemas, and what asks it. */
package io.datamill.cli.registry;
