/** Values of the configuration that every part reads alike: references to secrets, durations. */
package io.datamill.config;
