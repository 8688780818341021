/** What the verbs are and take, told from their records: for the terminal, docs/steps.md and editors. */
package io.datamill.cli.reference;
