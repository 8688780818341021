package io.datamill.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Postgres from zonky's binaries, run directly: its own launcher cannot run as root without user namespaces, and leaves
 * the server behind when the JVM is killed.
 */
final class PostgresServer {
    private static final String USER = "datamill";
    private static final String PASSWORD = "lab-postgres-password";

    private PostgresServer() {}

    static String start(Site site) throws IOException, InterruptedException {
        var unprivileged = Unprivileged.detect();
        Path bin = unpack(site, unprivileged).resolve("bin");
        Path data = Files.createDirectory(site.home().resolve("data"));
        Path password = Files.writeString(site.home().resolve("password"), PASSWORD);
        unprivileged.own(site.home());
        var initdb = unprivileged.command(List.of(
                bin.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        Child.start("Postgres initdb", site, "TERM", initdb).awaitSuccess(Child.LIMIT);

        int port = FreePort.next();
        var postgres = unprivileged.command(List.of(
                bin.resolve("postgres").toString(),
                "-D" + data,
                "-p" + port,
                "-cfsync=off",
                "-clisten_addresses=127.0.0.1",
                "-cunix_socket_directories="));
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER + "&password=" + PASSWORD;
        // TERM would wait for clients to leave.
        Child.start("Postgres", site, "INT", postgres).awaitReady(Child.LIMIT, () -> accepts(url));
        return url;
    }

    private static Path unpack(Site site, Unprivileged unprivileged) throws IOException {
        String resource = "/" + resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (var in = PostgresServer.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new LabException("the lab has no Postgres for this machine: no " + resource
                        + " on the class path; run it on Linux or macOS, on x86-64 or ARM64");
            }
            byte[] archive = in.readAllBytes();
            String name = "postgres-" + DigestUtils.sha256Hex(archive).substring(0, 12);
            return Unpacked.txz(new ByteArrayInputStream(archive), site.cache(unprivileged), name);
        }
    }

    /** The archive's name in zonky's jars. */
    static String resource(String osName, String osArch) {
        String system = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String arch = osArch.equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-" + system + "-" + arch + ".txz";
    }

    private static boolean accepts(String url) {
        try (var connection = DriverManager.getConnection(url)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
