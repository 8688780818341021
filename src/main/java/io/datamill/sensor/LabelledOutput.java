package io.datamill.sensor;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.generic.GenericRecord;

/**
 * Writes beside each record what it is labelled, under its event id: to be joined again behind any pipeline, whose
 * schema then needs no label.
 */
public final class LabelledOutput implements EmailOutput {
    private final EmailOutput output;
    private final CsvWriter labels;
    private final String value;

    /**
     * @param file CSV, written anew
     * @param label {@code NAME=VALUE}, the same for all records
     * @throws IllegalArgumentException if the label is not of that form
     */
    public LabelledOutput(EmailOutput output, Path file, String label) throws IOException {
        int sign = label.indexOf('=');
        if (sign < 1 || sign == label.length() - 1) {
            throw new IllegalArgumentException("--label: expected NAME=VALUE, such as spam=1; found '" + label + "'");
        }
        this.output = output;
        this.value = label.substring(sign + 1);
        this.labels = CsvWriter.builder().build(file);
        labels.writeRecord("tenant", "event_id", label.substring(0, sign));
    }

    @Override
    public void write(GenericRecord newest) throws IOException {
        output.write(newest);
        labels.writeRecord(
                newest.get("org_id").toString(), newest.get("event_id").toString(), value);
    }

    @Override
    public long written() {
        return output.written();
    }

    @Override
    public void close() throws IOException {
        try {
            labels.close();
        } finally {
            output.close();
        }
    }
}
