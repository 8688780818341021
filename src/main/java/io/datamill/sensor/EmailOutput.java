package io.datamill.sensor;

import java.io.Closeable;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;

/** Where the sensor's records go. */
public interface EmailOutput extends Closeable {
    /** @param newest a record of email-metadata-v4; what is written is in the output's own version */
    void write(GenericRecord newest) throws IOException;

    /** Records that have arrived for certain. */
    long written();
}
