/** The sensor: raw mails in, their metadata out, to a Kinesis stream or a file. It never passes on a body. */
package io.datamill.sensor;
