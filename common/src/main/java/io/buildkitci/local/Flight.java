package io.buildkitci.local;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;

/**
 * A socket that sends what was written when something is to be read. A TLS server that has seen a certificate too many
 * says why and hangs up; whoever went on to write would get a broken connection and never read why.
 */
final class Flight extends Socket {
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    @Override
    public OutputStream getOutputStream() {
        return waiting;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                send();
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                send();
                return super.read(bytes, offset, length);
            }
        };
    }

    private void send() throws IOException {
        byte[] flight = waiting.toByteArray();
        waiting.reset();
        if (flight.length > 0) {
            write(flight);
        }
    }

    private void write(byte[] flight) throws IOException {
        try {
            super.getOutputStream().write(flight);
        } catch (SocketException e) {
            // what can be read yet says why
        }
    }
}
