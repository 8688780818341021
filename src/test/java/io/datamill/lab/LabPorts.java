package io.datamill.lab;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;

/** The ports in the URLs of what runs. */
final class LabPorts {
    private LabPorts() {}

    static int of(Running running) {
        return URI.create(running.url().replaceFirst("^jdbc:", "")).getPort();
    }

    static boolean isOpen(Running running) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), of(running))) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }
}
