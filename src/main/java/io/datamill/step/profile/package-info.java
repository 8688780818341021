/** What is remembered over time: which events were there already, and profiles of senders, addresses and the like. */
package io.datamill.step.profile;
