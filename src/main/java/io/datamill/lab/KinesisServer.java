package io.datamill.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** kinesis-local from npm: keeps all in memory, so it needs no directory but that of its own program. */
final class KinesisServer {
    private static final int OLDEST_NODE = 18;
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*");
    private static final String NEED = "the Kinesis emulator needs Node " + OLDEST_NODE + " or later";
    private static final Duration STREAM_LIMIT = Duration.ofSeconds(30);
    private static final int CONNECT_MILLIS = 200;

    private KinesisServer() {}

    static String start(Site site) throws IOException, InterruptedException {
        Path main = site.files().kinesisEmulator();
        checkNode("node");
        int port = FreePort.next();
        var command = new ProcessBuilder(
                "node", "-r", site.write("loopback.js", List.of()).toString(), main.toString());
        // It looks for its certificate, server.json, in the working directory.
        command.directory(main.getParent().toFile());
        var environment = command.environment();
        environment.put("KINESIS_MOCK_PLAIN_PORT", Integer.toString(port));
        environment.put("KINESIS_MOCK_TLS_PORT", Integer.toString(FreePort.next()));
        environment.put("AWS_REGION", Lab.REGION);
        environment.put("SHARD_LIMIT", "500");
        for (String change :
                List.of("CREATE_STREAM", "DELETE_STREAM", "SPLIT_SHARD", "MERGE_SHARDS", "UPDATE_SHARD_COUNT")) {
            environment.put(change + "_DURATION", "50ms");
        }
        Child.start("Kinesis", site, "KILL", command).awaitReady(Child.LIMIT, () -> accepts(port));
        return "http://127.0.0.1:" + port;
    }

    /** @throws LabException if the command is not there, or too old */
    static void checkNode(String node) throws InterruptedException {
        String version;
        try {
            Process process = new ProcessBuilder(node, "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
        } catch (IOException e) {
            throw new LabException(NEED + ", but there is no `" + node + "` on the PATH: install it", e);
        }
        var match = VERSION.matcher(version);
        if (!match.matches() || Integer.parseInt(match.group(1)) < OLDEST_NODE) {
            throw new LabException(NEED + ", but `" + node + " --version` says '" + version + "': install a newer one");
        }
    }

    /** Returns when the stream takes records. */
    static void createStream(KinesisClient kinesis, String name, int shards) {
        kinesis.createStream(request -> request.streamName(name).shardCount(shards));
        long deadline = System.nanoTime() + STREAM_LIMIT.toNanos();
        while (status(kinesis, name) != StreamStatus.ACTIVE) {
            if (System.nanoTime() > deadline) {
                throw new LabException("stream " + name + " is not active after " + STREAM_LIMIT.toSeconds() + " s");
            }
        }
    }

    private static StreamStatus status(KinesisClient kinesis, String name) {
        return kinesis.describeStreamSummary(request -> request.streamName(name))
                .streamDescriptionSummary()
                .streamStatus();
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
