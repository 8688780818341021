/** Reading a Kinesis stream shard by shard. */
package io.datamill.alerter.stream;
