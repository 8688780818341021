/** The alerter's file as records. */
package io.datamill.alerter.config;
