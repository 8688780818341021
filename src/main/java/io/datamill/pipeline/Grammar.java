package io.datamill.pipeline;

import io.datamill.sink.lake.RawFiles;
import io.datamill.sink.postgres.LedgerSink;
import io.datamill.sink.verdict.AlertStream;
import io.datamill.source.KinesisConfig;
import io.datamill.step.adapter.EventConfig;
import java.util.Map;

/** The records that a pipeline's sections bind to, for those who describe the language and do not read it. */
public final class Grammar {
    /** What a file has at its top; its options are sections. */
    public static final Class<? extends Record> FILE = Sections.class;

    /** What one of the {@code inputs} has. */
    public static final Class<? extends Record> INPUT = Sections.InputSections.class;

    /** What one of the {@code branches} has. */
    public static final Class<? extends Record> BRANCH = Sections.BranchSections.class;

    /** What every sink may have beside its own options. */
    public static final Class<? extends Record> SINK = SinkReader.Common.class;

    public static final Class<? extends Record> EVENT = EventConfig.class;

    public static final Class<? extends Record> LEDGER = LedgerSink.Config.class;

    public static final Class<? extends Record> ALERTS = AlertStream.Config.class;

    public static final Class<? extends Record> RAW = RawFiles.class;

    public static final Map<String, Class<? extends Record>> SOURCES = Map.of("kinesis", KinesisConfig.class);

    /** The form of the names of pipelines, inputs, branches, sinks and steps. */
    public static final String NAME = Ids.FORM;

    private Grammar() {}
}
