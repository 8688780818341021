/** The schema registry's server: subjects, versions, compatibility, and the stores that keep them. */
package io.datamill.registry;
