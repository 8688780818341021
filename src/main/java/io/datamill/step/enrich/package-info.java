/** Steps that add to an event what another source knows. */
package io.datamill.step.enrich;
