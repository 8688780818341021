package io.datamill.cli;

import io.datamill.schema.RecordEncoder;
import io.datamill.schema.RegistryLocation;
import io.datamill.schema.SchemaRegistry;
import io.datamill.sensor.AvroFileOutput;
import io.datamill.sensor.EmailOutput;
import io.datamill.sensor.EmailSensor;
import io.datamill.sensor.EmailVersions;
import io.datamill.sensor.KinesisOutput;
import io.datamill.sensor.KinesisPort;
import io.datamill.sensor.LabelledOutput;
import io.datamill.sensor.MailSource;
import io.datamill.sensor.RawMail;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code datamill sensor}: turns raw mails into framed metadata records. */
@Command(
        name = "sensor",
        mixinStandardHelpOptions = true,
        description = "Reads raw mails and sends their metadata, never their body, to a Kinesis stream or a file.")
public final class SensorCommand implements Callable<Integer> {
    private static final String NEWEST = "email-metadata-v4";

    /** Where to: exactly one of the two. */
    static final class Target {
        @Option(names = "--stream", required = true, description = "Kinesis stream to put framed records on.")
        private String stream;

        @Option(names = "--output", required = true, description = "Avro file to write plain records to.")
        private File file;
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MAILS", description = "Directories, mbox files or .tar.xz archives.", arity = "1..*")
    private List<Path> inputs;

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Option(names = "--org", required = true, description = "Tenant (org_id) of these mails.")
    private String org;

    @Option(names = "--sensor-id", defaultValue = "datamill-sensor", description = "Default: ${DEFAULT-VALUE}.")
    private String sensorId;

    @Option(
            names = "--registry",
            required = true,
            description = "Directory with the schemas, such as kinesis-fixtures/email-metadata/schemas, or URL of a"
                    + " registry.")
    private String registry;

    @Option(names = "--schema", defaultValue = NEWEST, description = "Version to write. Default: ${DEFAULT-VALUE}.")
    private String schemaName;

    @Option(names = "--compress", description = "Compress each record (zlib), or the file (deflate).")
    private boolean compress;

    @Option(names = "--endpoint", description = "Kinesis endpoint, of an emulator for example.")
    private URI endpoint;

    @Option(names = "--region", description = "AWS region; else the AWS SDK's own default chain.")
    private String region;

    @Option(names = "--as-if-now", description = "Move each mail's times so that it looks received now.")
    private boolean asIfNow;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "CSV file to write a label for each mail to, for `datamill train --labels`.")
    private Path labels;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "The label of all these mails, such as spam=1 or spam=0.")
    private String label;

    @Option(names = "--limit", defaultValue = "9223372036854775807", description = "Stop after so many mails.")
    private long limit;

    @Option(names = "--rate", description = "Mails a second at most; default: no limit.")
    private double rate = Double.POSITIVE_INFINITY;

    @Override
    public Integer call() throws Exception {
        if (!(rate > 0)) {
            throw new ParameterException(spec.commandLine(), "--rate must be above 0, not " + rate);
        }
        if ((labels == null) != (label == null)) {
            throw new ParameterException(spec.commandLine(), "give --labels FILE and --label NAME=VALUE together");
        }
        SchemaRegistry schemas = new RegistryLocation(registry).open();
        EmailSensor sensor = new EmailSensor(schemas.byName(NEWEST), Clock.systemUTC());
        EmailOutput output = labels == null ? open(schemas) : labelled(open(schemas));
        try (output) {
            long started = System.nanoTime();
            long read = 0;
            for (Path input : inputs) {
                read = send(input, sensor, output, new Progress(read, started));
            }
        }
        spec.commandLine().getErr().println(output.written() + " mails sent");
        return 0;
    }

    /** Mails read so far, over all inputs, and when the first was. */
    private record Progress(long read, long startedNanos) {}

    private long send(Path input, EmailSensor sensor, EmailOutput output, Progress before)
            throws IOException, InterruptedException {
        long read = before.read;
        try (MailSource mails = MailSource.open(input)) {
            for (RawMail mail = mails.next(); mail != null && read < limit; mail = mails.next()) {
                GenericRecord record = sensor.read(mail, org, sensorId);
                if (asIfNow) {
                    EmailVersions.receivedAt(record, Clock.systemUTC().instant());
                }
                keepRate(++read, before.startedNanos);
                output.write(record);
            }
        }
        return read;
    }

    private void keepRate(long read, long startedNanos) throws InterruptedException {
        long dueNanos = (long) ((read - 1) / rate * 1e9) + startedNanos;
        long early = dueNanos - System.nanoTime();
        if (early > 0) {
            TimeUnit.NANOSECONDS.sleep(early);
        }
    }

    private EmailOutput labelled(EmailOutput output) throws IOException {
        try {
            return new LabelledOutput(output, labels, label);
        } catch (IllegalArgumentException e) {
            output.close();
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            output.close();
            throw e;
        }
    }

    private EmailOutput open(SchemaRegistry schemas) throws IOException {
        Schema schema = schemas.byName(schemaName);
        if (target.file != null) {
            return new AvroFileOutput(target.file, schema, compress);
        }
        RecordEncoder encoder = new RecordEncoder(schemas.register(schemaName, schema), schema, compress);
        return new KinesisOutput(schema, encoder, KinesisPort.open(target.stream, endpoint, region));
    }
}
