/** A pipeline's real plan on a Flink of this process, over files and without servers. */
package io.datamill.cli.local;
