package io.datamill.cli.infer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a sample's records are made of.
 *
 * @param format of all its files
 * @param avroSchema what Avro files say of themselves; null for others
 * @param columns of CSV, in their order
 */
public record Inference(Format format, Guess guess, Counts counts, List<String> columns, String avroSchema) {

    /**
     * How much of the sample was read.
     *
     * @param others values in the place of a record that are no objects
     */
    public record Counts(long records, long others) {}

    /**
     * Reads a sample.
     *
     * @param limit so many records are read at most
     * @param format null: by name or content
     * @throws BadSampleException if a file cannot be read as what it is taken for, or has no record
     */
    public static Inference of(List<Path> files, long limit, Format format) throws IOException {
        Sample sample = new Sample(limit, format);
        for (Path file : files) {
            sample.read(file);
        }
        boolean textual = sample.format() == Format.CSV || sample.format() == Format.TSV;
        if (sample.records() == 0) {
            String found = sample.others() > 0 ? ", only values that are no objects" : "";
            throw new BadSampleException(files.get(0) + ": no record in it"
                    + (textual ? "; its first line is taken for the names of the columns" : found));
        }
        Guess guess = sample.schema() == null
                ? new Guesser(textual).record(sample.observed(), sample.records())
                : AvroSample.guess(sample.schema(), sample.observed(), sample.records());
        return new Inference(
                sample.format(),
                guess,
                new Counts(sample.records(), sample.others()),
                List.copyOf(sample.columns()),
                sample.schema() == null ? null : sample.schema().toString(true));
    }

    /** @param name of the record */
    public String avro(String name) {
        return avroSchema == null ? AvroProposal.of(name, guess) : avroSchema;
    }

    /**
     * The options of the adapter that reads such files: its fields, or columns, and where their names differ.
     *
     * @param indent in front of each line
     */
    public String options(String indent) {
        boolean table = format == Format.CSV || format == Format.TSV;
        return indent
                + (table ? "columns:\n" : "fields:\n")
                + FieldsProposal.of(guess, indent + "  ")
                + NamesProposal.of(guess, !table, indent);
    }

    /**
     * A pipeline that reads such files and does nothing yet.
     *
     * @param sample the path of one
     */
    public String pipeline(String name, String sample) {
        return StarterPipeline.of(name, sample, this);
    }

    /** Each field with what its guess rests on. */
    public String table() {
        return GuessTable.of(guess);
    }
}
