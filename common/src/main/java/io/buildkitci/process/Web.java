package io.buildkitci.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Asks web servers for what they have. Safe for use by several threads. */
public interface Web {
    /**
     * Asks for what is at an address. Redirects are followed, though never from {@code https} to anything else, and what
     * stands in the headers is not told to another host. A server that stops sending is waited for a minute.
     *
     * @param headers in addition to the client's own; values can be secrets
     * @throws IOException when nobody answered; a status of any kind is an answer
     */
    Reply get(URI address, Map<String, String> headers) throws IOException, InterruptedException;

    /** An answer; to be closed by whoever asked. */
    interface Reply extends AutoCloseable {
        int status();

        /** The first value of a header of this name. */
        Optional<String> header(String name);

        /** Reading throws when the connection ends before all that was announced has come. */
        InputStream content();

        @Override
        void close() throws IOException;
    }
}
