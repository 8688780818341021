/** Turns records into events. */
package io.datamill.step.adapter;
