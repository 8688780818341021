/** The servers that the demo and the tests run against: real ones, on loopback, gone when the JVM is. */
package io.datamill.lab;
