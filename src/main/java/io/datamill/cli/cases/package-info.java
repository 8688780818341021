/** Test cases for pipelines and single steps, written in YAML; the examples of the reference are such cases. */
package io.datamill.cli.cases;
