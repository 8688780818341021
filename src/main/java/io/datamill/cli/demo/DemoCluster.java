package io.datamill.cli.demo;

import io.datamill.lab.Lab;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink of one process, with its web UI on port 8081 or the next free one. */
record DemoCluster(Configuration configuration, int port) {
    private static final int PARALLELISM = 2;
    private static final int FIRST_PORT = 8081;
    private static final int LAST_PORT = 8181;
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(2);

    static DemoCluster prepare(Lab lab) throws IOException {
        lab.initializeFlinkFileSystems();
        Configuration configuration = new Configuration();
        int port = freePort();
        configuration.set(RestOptions.BIND_ADDRESS, "localhost");
        configuration.set(RestOptions.BIND_PORT, Integer.toString(port));
        configuration.set(RestOptions.PORT, port);
        configuration.set(RestOptions.ENABLE_FLAMEGRAPH, true);
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, PARALLELISM);
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, PARALLELISM);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, BETWEEN_CHECKPOINTS);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                lab.directory().resolve("checkpoints").toUri().toString());
        return new DemoCluster(configuration, port);
    }

    StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration);
    }

    /** Where the job is watched. */
    String webUi(JobClient job) {
        return "http://localhost:" + port + "/#/job/running/" + job.getJobID() + "/overview";
    }

    private static int freePort() throws IOException {
        for (int port = FIRST_PORT; port < LAST_PORT; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port for the web UI between " + FIRST_PORT + " and " + LAST_PORT);
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        }
    }
}
