/** Adapters of one event a line: by groups of a regular expression, by grok, and of key=value pairs. */
package io.datamill.step.adapter.line;
