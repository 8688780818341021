/** Tables as text, rows of fields with one character between them: comma-separated and tab-separated values. */
package io.datamill.step.adapter.table;
