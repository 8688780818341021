package io.datamill.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.event.SourceRecord;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.Avro;
import io.datamill.step.adapter.Avro.Format;
import io.datamill.testing.Parts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileRecordsTest {
    private static final Schema USER = new Schema.Parser().parse("""
            {"type": "record", "name": "User", "fields": [{"name": "name", "type": "string"}]}""");

    @TempDir
    private Path directory;

    @Test
    void namesTheFileThatIsBrokenGzip() throws Exception {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(whole)) {
            gzip.write("a\nb\n".getBytes(StandardCharsets.UTF_8));
        }
        Path cut = directory.resolve("cut.gz");
        Files.write(cut, Arrays.copyOf(whole.toByteArray(), whole.size() - 9));
        Path damaged = directory.resolve("damaged.gz");
        byte[] bytes = whole.toByteArray();
        bytes[2] = 0;
        Files.write(damaged, bytes);

        for (Path file : List.of(cut, damaged)) {
            FileRecords records = new FileRecords(file.toString(), Adapter.Framing.LINES);
            assertThatThrownBy(() -> records.forEach(record -> {}))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageStartingWith(file + " begins as gzip and is broken: ");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"REGISTRY", "CONTAINER", "BARE"})
    void givesEachDatumOfAContainerAsItsAdapterReadsIt(Format format) throws Exception {
        Files.writeString(directory.resolve("user-v1.avsc"), USER.toString());
        Adapter adapter =
                Parts.open(new Avro.Config(format, new Reference(directory.toString()), "user-v1", null, null));
        List<Object> names = new ArrayList<>();
        for (SourceRecord record : records(adapter)) {
            Parts parts = Parts.of(adapter, record.data());
            assertThat(parts.part(0)).isSameAs(record.data());
            names.add(parts.events().get(0).get(0));
        }
        assertThat(names).containsExactly("Ada", "\u00e4", "");
    }

    @Test
    void aFileOfConfluentsFormatIsOneRecord() throws Exception {
        Files.writeString(directory.resolve("user-v1.avsc"), USER.toString());
        Files.writeString(directory.resolve("user-v1.id"), "1");
        Adapter adapter = Parts.open(
                new Avro.Config(Format.CONFLUENT, new Reference(directory.toString()), "user-v1", null, null));
        assertThat(records(adapter)).hasSize(1);
    }

    private List<SourceRecord> records(Adapter adapter) throws IOException {
        Path file = directory.resolve("users.avro");
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(USER))) {
            writer.setCodec(CodecFactory.deflateCodec(6)).create(USER, file.toFile());
            for (String name : List.of("Ada", "\u00e4", "")) {
                GenericRecord user = new GenericData.Record(USER);
                user.put("name", name);
                writer.append(user);
            }
        }
        List<SourceRecord> records = new ArrayList<>();
        new FileRecords(file.toString(), adapter.framing()).forEach(records::add);
        return records;
    }
}
