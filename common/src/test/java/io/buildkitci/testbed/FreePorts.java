package io.buildkitci.testbed;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports at which nothing listens, each given once. The system gives none of them to a connection, as it may do with one
 * that it chose itself and that was let go: so they stay free until whoever asked uses them.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;

    /** Linux takes those of connections from above. */
    private static final int LAST = 29_999;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
