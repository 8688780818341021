package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datamill.schema.ContainerDecoder.Datum;
import io.datamill.schema.UndecodableException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerDecoderTest {
    private static final String SHARED = "avro-share-test/share/test/";

    private static final Schema ONE = new Schema.Parser().parse("""
            {"type": "record", "name": "One", "fields": [{"name": "text", "type": "string"}]}""");

    private interface Writing {
        void to(BinaryEncoder encoder) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"weather", "weather-deflate", "weather-snappy", "weather-zstd", "weather-sorted"})
    void readsTheFilesOfAvrosOwnTestsInEveryCodec(String name) throws Exception {
        Schema weather = new Schema.Parser()
                .parse(SharedData.find(SHARED + "schemas/weather.avsc").toFile());
        byte[] file = Files.readAllBytes(SharedData.find(SHARED + "data/" + name + ".avro"));
        // What stands in weather.json beside them.
        assertThat(rows(new ContainerDecoder(weather).decode(file)))
                .containsExactlyInAnyOrder(
                        "011990-99999 -619524000000 0",
                        "011990-99999 -619506000000 22",
                        "011990-99999 -619484400000 -11",
                        "012650-99999 -655531200000 111",
                        "012650-99999 -655509600000 78");
    }

    @ParameterizedTest
    @ValueSource(strings = {"syncInMeta.avro", "schemas/simple/data.avro", "schemas/withUnion/data.avro"})
    void readsWhatAvrosOwnReaderReads(String name) throws Exception {
        byte[] file = Files.readAllBytes(SharedData.find(SHARED + "data/" + name));
        List<String> expected = new ArrayList<>();
        Schema schema;
        try (DataFileStream<GenericRecord> stream =
                new DataFileStream<>(new java.io.ByteArrayInputStream(file), new GenericDatumReader<>())) {
            schema = stream.getSchema();
            stream.forEach(record -> expected.add(record.toString()));
        }
        assertThat(expected).isNotEmpty();
        List<Datum> datums = new ContainerDecoder(schema).decode(file);
        assertThat(datums).extracting(datum -> datum.record().toString()).isEqualTo(expected);
        assertThat(datums).allSatisfy(datum -> assertThat(new ContainerDecoder(schema).decode(datum.alone()))
                .singleElement()
                .satisfies(alone -> {
                    assertThat(alone.record()).isEqualTo(datum.record());
                    assertThat(alone.writer()).isEqualTo(SchemaIds.of(schema));
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "xz", "zstandard"})
    void readsEveryCodecAndBoundsWhatItInflatesTo(String codec) throws Exception {
        ContainerDecoder decoder = new ContainerDecoder(ONE);
        assertThat(decoder.decode(written(codec, "a", "ü", "")))
                .extracting(datum -> datum.record().get("text"))
                .containsExactly("a", "ü", "");
        byte[] bomb = written(codec, "x".repeat(9 << 20), "x".repeat(9 << 20));
        assertThat(refused(bomb).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "xz", "zstandard"})
    void everyCutOrDamageIsRefusedOrReadAndNothingElse(String codec) throws Exception {
        byte[] good = written(codec, "abcabcabcabcabc", "defdefdef", "ghi");
        int header = good.length - 16 - block(good);
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            if (length == header) {
                assertThat(new ContainerDecoder(ONE).decode(cut)).isEmpty(); // a container of no blocks
            } else {
                assertThat(refused(cut)).isNotNull();
            }
        }
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = good.clone();
            damaged[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
            refused(damaged);
        }
    }

    @Test
    void readsAnOlderWriterAndNamesOneThatCannotBeRead() throws Exception {
        Schema newer = new Schema.Parser().parse("""
                {"type": "record", "name": "One", "fields": [
                  {"name": "added", "type": "int", "default": 5},
                  {"name": "renamed", "aliases": ["text"], "type": ["null", "string"]}]}""");
        assertThat(new ContainerDecoder(newer).decode(written("null", "a")))
                .singleElement()
                .extracting(datum -> datum.record().toString())
                .isEqualTo("{\"added\": 5, \"renamed\": \"a\"}");
        Schema other = new Schema.Parser().parse("""
                {"type": "record", "name": "One", "fields": [{"name": "text", "type": "int"}]}""");
        byte[] container = written("null", "a");
        assertThat(catchThrowableOfType(
                                UndecodableException.class, () -> new ContainerDecoder(other).decode(container))
                        .reason())
                .isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void statedSizesAllocateNothing() throws Exception {
        long before = allocated();
        assertThat(refused(container(out -> {
                            out.writeLong(Long.MAX_VALUE); // entries of the header
                        }))
                        .reason())
                .isEqualTo(Reason.TRUNCATED);
        assertThat(refused(container(out -> {
                            header(out, "null");
                            out.writeLong(1);
                            out.writeLong(Integer.MAX_VALUE - 8); // bytes of the block
                        }))
                        .reason())
                .isEqualTo(Reason.TRUNCATED);
        assertThat(refused(container(out -> {
                            header(out, "snappy");
                            out.writeLong(1);
                            out.writeBytes(new byte[] {-1, -1, -1, -1, 7, 0, 0, 0, 0}); // states 2 GiB
                            out.writeFixed(new byte[16]);
                        }))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(allocated() - before).isLessThan(4 << 20);
    }

    @Test
    void datumsOfNoSizeAreBounded() throws Exception {
        Schema empty = new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"E\", \"fields\": []}");
        byte[] hostile = container(out -> {
            out.writeLong(1);
            out.writeString("avro.schema");
            out.writeBytes(empty.toString().getBytes(StandardCharsets.UTF_8));
            out.writeLong(0);
            out.writeFixed(new byte[16]);
            out.writeLong(1_000_000_000_000L);
            out.writeLong(0);
            out.writeFixed(new byte[16]);
        });
        UndecodableException e = catchThrowableOfType(
                UndecodableException.class, () -> new ContainerDecoder(empty).decode(hostile));
        assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void refusesTheFormatBeforeAvro13() throws Exception {
        byte[] beforeAvro13 = Files.readAllBytes(SharedData.find(SHARED + "data/test.avro12"));
        assertThat(refused(beforeAvro13).reason()).isEqualTo(Reason.WRONG_HEADER);
    }

    @Test
    void namesWhatTheHeaderLacks() throws Exception {
        assertThat(refused(container(out -> {
                    out.writeLong(0);
                    out.writeFixed(new byte[16]);
                })))
                .hasMessageContaining("avro.schema");
        assertThat(refused(container(out -> header(out, "lzo"))))
                .hasMessageContaining("'lzo'")
                .extracting(UndecodableException::reason)
                .isEqualTo(Reason.UNKNOWN_COMPRESSION);
    }

    @Test
    void aStringThatIsNoUtf8IsRefusedAndAReplacementCharacterIsNot() throws Exception {
        assertThat(new ContainerDecoder(ONE).decode(written("null", "a\ufffdb")))
                .singleElement()
                .extracting(datum -> datum.record().get("text"))
                .isEqualTo("a\ufffdb");
        byte[] broken = container(out -> {
            header(out, "null");
            out.writeLong(1);
            out.writeBytes(new byte[] {4, 'a', (byte) 0xff});
            out.writeFixed(new byte[16]);
        });
        assertThat(refused(broken)).hasMessageContaining("UTF-8").extracting(UndecodableException::reason)
                .isEqualTo(Reason.MALFORMED);
    }

    private static void header(BinaryEncoder out, String codec) throws IOException {
        out.writeLong(2);
        out.writeString("avro.schema");
        out.writeBytes(ONE.toString().getBytes(StandardCharsets.UTF_8));
        out.writeString("avro.codec");
        out.writeString(codec);
        out.writeLong(0);
        out.writeFixed(new byte[16]);
    }

    private static byte[] container(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {'O', 'b', 'j', 1});
        writing.to(EncoderFactory.get().directBinaryEncoder(out, null));
        return out.toByteArray();
    }

    /** How many bytes the only block has, with its two numbers, in front of the last sync marker. */
    private static int block(byte[] container) {
        byte[] sync = Arrays.copyOfRange(container, container.length - 16, container.length);
        for (int i = container.length - 32; ; i--) {
            if (Arrays.equals(container, i, i + 16, sync, 0, 16)) {
                return container.length - 32 - i;
            }
        }
    }

    private static byte[] written(String codec, String... texts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(ONE))) {
            writer.setCodec(CodecFactory.fromString(codec)).create(ONE, out);
            for (String text : texts) {
                GenericRecord record = new GenericData.Record(ONE);
                record.put(0, text);
                writer.append(record);
            }
        }
        return out.toByteArray();
    }

    private static List<String> rows(List<Datum> datums) {
        return datums.stream()
                .map(Datum::record)
                .map(row -> row.get("station") + " " + row.get("time") + " " + row.get("temp"))
                .toList();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static UndecodableException refused(byte[] container) {
        return catchThrowableOfType(
                UndecodableException.class, () -> new ContainerDecoder(ONE).decode(container));
    }
}
