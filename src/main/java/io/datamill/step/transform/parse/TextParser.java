package io.datamill.step.transform.parse;

import io.datamill.step.transform.Conversion;
import java.io.Serializable;
import org.apache.avro.Schema;

/** Reads one kind of text. It travels as its options say it; what is compiled is compiled in {@link #open}. */
interface TextParser extends Serializable {
    /** Of the values it gives. */
    Schema type();

    /** A conversion from strings that have no space around them; it fails for what is no such text. */
    Conversion open();
}
