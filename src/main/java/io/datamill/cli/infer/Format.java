package io.datamill.cli.infer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** The formats of samples. */
public enum Format {
    JSON,
    CSV,
    TSV,
    AVRO;

    private static final Map<String, Format> BY_ENDING = Map.of(
            "json", JSON, "ndjson", JSON, "jsonl", JSON, "csv", CSV, "tsv", TSV, "avro", AVRO);
    private static final int HEAD = 4096;

    /**
     * The format of a file: by the end of its name, else by how it begins.
     *
     * @param name without {@code .gz}
     * @param in at the start, which it is left at; it supports marks
     */
    static Format of(String name, InputStream in) throws IOException {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        Format named = BY_ENDING.get(ending);
        if (named != null) {
            return named;
        }
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        if (head.length == 0) {
            throw new BadSampleException(name + ": is empty");
        }
        String text = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
        if (text.startsWith("Obj\u0001")) {
            return AVRO;
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return JSON;
        }
        String first = text.lines().findFirst().orElse("");
        if (first.indexOf('\t') >= 0) {
            return TSV;
        }
        if (first.indexOf(',') >= 0) {
            return CSV;
        }
        throw new BadSampleException(name + ": neither JSON, CSV, TSV nor Avro as it begins; say which with --format");
    }
}
