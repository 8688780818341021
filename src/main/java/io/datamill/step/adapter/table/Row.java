package io.datamill.step.adapter.table;

/**
 * One row as it was read.
 *
 * @param fields without their quotes
 * @param quoted which of them stood in quotes
 */
@SuppressWarnings("ArrayRecordComponent") // A row lives while its record is read.
record Row(String[] fields, boolean[] quoted) {

    /** Writes the row as it was, with the quotes that it had. */
    void write(StringBuilder text, TableFormat format) {
        String quote = String.valueOf(format.quote());
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                text.append(format.delimiter());
            }
            if (quoted[i]) {
                text.append(quote).append(fields[i].replace(quote, quote + quote)).append(quote);
            } else {
                text.append(fields[i]);
            }
        }
        text.append('\n');
    }
}
