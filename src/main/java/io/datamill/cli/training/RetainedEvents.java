package io.datamill.cli.training;

import io.datamill.source.UnreadableFileException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Events that files have kept as they came out of a pipeline, such as the lake's, with what people say of them. */
public final class RetainedEvents {
    private final FileEvents events;
    private final Judgement judgement;

    private RetainedEvents(FileEvents events, Judgement judgement) {
        this.events = events;
        this.judgement = judgement;
    }

    /**
     * One of them.
     *
     * @param tenant empty where the files name none
     * @param id null where the files name none
     * @param bad whether it should be stopped; null where nobody has said so
     * @param values of {@link #schema}
     */
    @SuppressWarnings("ArrayRecordComponent") // By position, as an event has them.
    public record Retained(String tenant, String id, Boolean bad, Object[] values) {}

    /** Says what people think of an event. */
    private interface Judgement {
        /** Null where nobody has said anything. */
        Boolean of(Seen event);
    }

    /**
     * Events of which nobody says anything.
     *
     * @param input files of one kind, or directories of them
     */
    public static RetainedEvents of(List<String> input) throws IOException {
        return new RetainedEvents(events(input), event -> null);
    }

    /**
     * Events with labels: those of {@code labels}, or the events' own.
     *
     * @param input files of one kind, or directories of them
     * @param label the field that says which events should be stopped
     * @param bad the value of it that stands for these; null: true or 1
     * @param labels files with event ids and labels; none: the events have the field
     * @throws IllegalArgumentException if a field is not there, or a label in {@code labels} cannot be read
     */
    public static RetainedEvents labelled(List<String> input, String label, String bad, List<String> labels)
            throws IOException {
        FileEvents events = events(input);
        String field = Gathering.name(label);
        if (labels.isEmpty()) {
            Truth truth = Truth.of(events.schema(), field, bad);
            return new RetainedEvents(events, event -> truth.of(event.values()));
        }
        Labels told = Labels.of(DataFile.below(labels), field, bad);
        return new RetainedEvents(events, told::of);
    }

    private static FileEvents events(List<String> input) throws IOException {
        Set<String> texts = new HashSet<>(Set.of("event_id", "tenant"));
        return FileEvents.of(DataFile.below(input), new FileEvents.Asked(null, null, texts));
    }

    /** Of the values. */
    public Schema schema() {
        return events.schema();
    }

    /**
     * Gives every event once, in the files' order; one is in memory at a time.
     *
     * @throws UnreadableFileException if a file is not what it was when it was opened
     * @throws IllegalArgumentException if a label cannot be read
     */
    public void forEach(Consumer<Retained> taker) throws IOException {
        events.read(event -> taker.accept(new Retained(
                event.tenant() == null ? "" : event.tenant(), event.id(), judgement.of(event), event.values())));
    }
}
