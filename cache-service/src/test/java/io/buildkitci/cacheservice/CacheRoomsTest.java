package io.buildkitci.cacheservice;

import io.buildkitci.architecture.Rooms;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the cache service's rooms and from them to the engine's. */
class CacheRoomsTest {
    private static final String ROOT = "io.buildkitci.cacheservice";
    private static final String JACKSON = "com.fasterxml.jackson.core..";
    private static final String MVSTORE = "org.h2.mvstore..";
    private static final String JSON = "io.buildkitci.json";
    private static final String MODEL = "io.buildkitci.model";

    private static final Rooms ROOMS = Rooms.below(
            ROOT,
            Map.of(
                    Rooms.ROOT,
                    Rooms.all(
                            Rooms.of(ROOT, Set.of("http", "store", "trust")),
                            Set.of(JSON, MODEL, "io.buildkitci.local", "io.netty.handler.ssl", "javax..")),
                    "http",
                    Rooms.all(
                            Rooms.of(ROOT, Set.of("store", "trust")),
                            Set.of(JSON, MODEL, JACKSON, "io.netty..", "javax..")),
                    "store",
                    Set.of(JSON, JACKSON, MVSTORE),
                    "trust",
                    Set.of(JSON, MODEL, JACKSON, MVSTORE, "org.jose4j..", "javax..")));

    static Stream<String> rooms() {
        return ROOMS.names();
    }

    @Test
    void theScanSeesEveryRoomThatThereIs() {
        ROOMS.areThoseThatThereAre(30);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void dependsOnlyOnTheRoomsItMay(String room) {
        ROOMS.dependsOnlyOnWhatItMay(room);
    }
}
