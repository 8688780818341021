/** {@code datamill alerter}: reads the verdict stream and tells people and systems of it. */
package io.datamill.alerter;
