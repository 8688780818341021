/** The verb parse: one class for each kind of text it reads. */
package io.datamill.step.transform.parse;
