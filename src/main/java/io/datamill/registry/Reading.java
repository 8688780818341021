package io.datamill.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * Whether records written with one schema can be read with another, and if not, every reason in words.
 *
 * <p>What Avro's SchemaCompatibility finds; and what it lets pass though values change their meaning: another unit of a
 * time (millis, micros) and another scale of a decimal.
 */
final class Reading {
    private final String reader;
    private final String writer;
    private final Set<String> reasons = new LinkedHashSet<>();
    private final Set<String> seen = new HashSet<>();

    /** @param reader what messages call the schema that reads */
    Reading(String reader, String writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** Empty if it can. */
    List<String> reasons(Schema readerSchema, Schema writerSchema) {
        structure(readerSchema, writerSchema, "");
        meaning(readerSchema, writerSchema, "");
        return reasons.stream()
                .map(reason -> reader + " cannot read " + writer + ": " + reason)
                .toList();
    }

    private void structure(Schema readerSchema, Schema writerSchema, String prefix) {
        SchemaCompatibility.checkReaderWriterCompatibility(readerSchema, writerSchema)
                .getResult()
                .getIncompatibilities()
                .forEach(found -> add(found, joined(prefix, SchemaPath.of(readerSchema, found.getLocation()))));
    }

    private void add(Incompatibility found, String path) {
        Schema read = found.getReaderFragment();
        Schema written = found.getWriterFragment();
        String place = path.isEmpty() ? "" : "field '" + path + "' ";
        switch (found.getType()) {
            case READER_FIELD_MISSING_DEFAULT_VALUE -> reasons.add(place + "is not in " + writer
                    + ", and has no default in " + reader);
            case MISSING_ENUM_SYMBOLS -> reasons.add(place + "may be " + found.getMessage() + " of " + type(written)
                    + " in " + writer + ", which " + reader + " does not have, nor a default for others");
            case NAME_MISMATCH -> reasons.add((path.isEmpty() ? "the schema " : place) + "is " + type(read) + " in "
                    + reader + ", but " + type(written) + " in " + writer + "; a name must stay");
            case FIXED_SIZE_MISMATCH -> reasons.add(place + "has " + read.getFixedSize() + " bytes in " + reader
                    + ", but " + written.getFixedSize() + " in " + writer);
            case MISSING_UNION_BRANCH -> union(read, written, path);
            default -> reasons.add(different(read, written, path));
        }
    }

    /** Avro says only that no branch fits: if one is meant by its name, what is wrong with that is the reason. */
    private void union(Schema read, Schema written, String path) {
        List<Schema> branches = written.isUnion() ? written.getTypes() : List.of(written);
        int before = reasons.size();
        for (Schema branch : branches) {
            Optional<Schema> like = read.isUnion() ? SchemaPath.likeIn(read, branch) : Optional.empty();
            // A schema that holds itself would lead here for ever.
            if (like.isPresent() && seen.add("union " + like.get().getFullName() + " " + path)) {
                structure(like.get(), branch, path);
            }
        }
        if (reasons.size() == before) {
            reasons.add(different(read, written, path));
        }
    }

    private String different(Schema read, Schema written, String path) {
        return (path.isEmpty() ? "the schema " : "field '" + path + "' ") + "is " + type(read) + " in " + reader
                + ", but may be " + type(written) + " in " + writer;
    }

    private void meaning(Schema read, Schema written, String path) {
        if (read.isUnion() || written.isUnion()) {
            List<Schema> branches = written.isUnion() ? written.getTypes() : List.of(written);
            Schema target = read.isUnion() ? read : Schema.createUnion(read);
            branches.forEach(branch -> SchemaPath.likeIn(target, branch).ifPresent(like -> meaning(like, branch, path)));
            return;
        }
        if (read.getType() != written.getType()) {
            return;
        }
        switch (read.getType()) {
            case RECORD -> record(read, written, path);
            case ARRAY -> meaning(read.getElementType(), written.getElementType(), path + "[]");
            case MAP -> meaning(read.getValueType(), written.getValueType(), path + "{}");
            default -> {
                if (meansOther(read.getLogicalType(), written.getLogicalType())) {
                    reasons.add("field '" + path + "' is " + type(read) + " in " + reader + ", but " + type(written)
                            + " in " + writer + ": the same number means another value");
                }
            }
        }
    }

    private void record(Schema read, Schema written, String path) {
        if (!seen.add(read.getFullName() + " " + written.getFullName())) {
            return;
        }
        for (Schema.Field field : read.getFields()) {
            List<String> names = new ArrayList<>(List.of(field.name()));
            names.addAll(field.aliases());
            names.stream()
                    .map(written::getField)
                    .filter(other -> other != null)
                    .findFirst()
                    .ifPresent(other -> meaning(field.schema(), other.schema(), joined(path, field.name())));
        }
    }

    private static boolean meansOther(LogicalType read, LogicalType written) {
        if (read == null || written == null) {
            return false; // A plain long that is called a time from now on holds what it held.
        }
        if (read instanceof LogicalTypes.Decimal one && written instanceof LogicalTypes.Decimal other) {
            return one.getScale() != other.getScale();
        }
        return !read.getName().equals(written.getName());
    }

    private static String type(Schema schema) {
        return SchemaPath.type(schema);
    }

    private static String joined(String path, String field) {
        return path.isEmpty() || field.isEmpty() || field.startsWith("[") || field.startsWith("{")
                ? path + field
                : path + "." + field;
    }
}
