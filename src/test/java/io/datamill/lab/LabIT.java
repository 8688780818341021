package io.datamill.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** All four servers do what the job will ask of them. */
class LabIT {
    /** The state in /proc/net/tcp, after the remote address of a socket that has none. */
    private static final String LISTENS = ":0000 0A ";

    /** Of another test's lab. */
    private static final Set<ProcessHandle> BEFORE =
            ProcessHandle.current().descendants().collect(Collectors.toSet());

    private static Lab lab;

    @BeforeAll
    static void start() {
        lab = Lab.start(LabFiles.locate());
        // Measured, not required: a busy machine takes longer.
        System.out.println("lab up: " + lab.running().values());
    }

    @AfterAll
    static void leavesNothingBehind() throws Exception {
        var processes = ProcessHandle.current()
                .descendants()
                .filter(process -> !BEFORE.contains(process))
                .toList();
        assertThat(processes).as("processes of the lab").hasSizeGreaterThanOrEqualTo(4);

        lab.close();

        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        for (Running running : lab.running().values()) {
            assertThat(LabPorts.isOpen(running))
                    .as("port of %s", running.server())
                    .isFalse();
        }
        assertThat(lab.directory()).doesNotExist();
    }

    @Test
    void kinesisGivesBackWhatWasPut() {
        lab.createStream("mails", 2);
        try (var kinesis = lab.kinesis()) {
            var put = kinesis.putRecord(
                    record -> record.streamName("mails").partitionKey("a").data(SdkBytes.fromUtf8String("one")));
            var iterator = kinesis.getShardIterator(request -> request.streamName("mails")
                    .shardId(put.shardId())
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON));
            var records = kinesis.getRecords(request -> request.shardIterator(iterator.shardIterator()))
                    .records();
            assertThat(records)
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.data().asUtf8String()).isEqualTo("one"));
        }
    }

    @Test
    void postgresIs17AndWantsThePassword() throws Exception {
        try (var connection = DriverManager.getConnection(lab.postgresUrl());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (name text); INSERT INTO t VALUES ('\u00fc')");
            try (var rows = statement.executeQuery("SELECT name, current_setting('server_version') FROM t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("\u00fc");
                assertThat(rows.getString(2)).startsWith("17.");
            }
        }
        String wrong = lab.postgresUrl().replaceFirst("password=.*", "password=wrong");
        assertThatThrownBy(() -> DriverManager.getConnection(wrong))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void elasticsearchFindsWhatWasIndexed() throws Exception {
        assertThat(elasticsearch("PUT", "/mails/_doc/1?refresh=true", "{\"subject\":\"hello\"}"))
                .contains("\"result\":\"created\"");
        assertThat(elasticsearch("POST", "/mails/_search?q=subject:hello", "")).contains("\"_id\":\"1\"");
    }

    @Test
    void s3TakesFilesThroughFlinksRecoverableWriter() throws Exception {
        lab.createBucket("lake");
        lab.initializeFlinkFileSystems();
        var target = new org.apache.flink.core.fs.Path("s3://lake/mails/part-0");
        FileSystem s3 = target.getFileSystem();
        var stream = s3.createRecoverableWriter().open(target);
        stream.write("one".getBytes(UTF_8));
        var commit = stream.closeForCommit();
        assertThat(s3.exists(target)).as("before the commit").isFalse();
        commit.commit();

        FileStatus[] listed = s3.listStatus(target.getParent());
        assertThat(listed).singleElement().satisfies(file -> {
            assertThat(file.getPath().getName()).isEqualTo("part-0");
            assertThat(file.getLen()).isEqualTo(3);
        });
        try (var in = s3.open(target)) {
            assertThat(in.readAllBytes()).isEqualTo("one".getBytes(UTF_8));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void listensOnLoopbackAlone() throws Exception {
        String sockets = Files.readString(Path.of("/proc/net/tcp")) + Files.readString(Path.of("/proc/net/tcp6"));
        for (Running running : lab.running().values()) {
            String port = String.format(":%04X", LabPorts.of(running));
            var addresses = sockets.lines()
                    .filter(line -> line.contains(LISTENS))
                    .map(line -> line.strip().split("\\s+", 3)[1])
                    .filter(address -> address.endsWith(port))
                    .toList();
            assertThat(addresses)
                    .as("what %s listens on", running.server())
                    .isNotEmpty()
                    .allMatch(address -> address.contains("0100007F:"));
        }
    }

    private static String elasticsearch(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(lab.elasticsearchUrl() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
