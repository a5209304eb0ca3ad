package io.buildkitci.action;

import io.buildkitci.architecture.Rooms;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the action's rooms and from them to the engine's. */
class ActionRoomsTest {
    private static final String ENGINE = "io.buildkitci";
    private static final String ROOT = "io.buildkitci.action";

    /** Every room of the engine but the one that touches the machine. */
    private static final Set<String> DECIDING_AND_DOING = Set.of(
            "build",
            "builder",
            "daemon",
            "cache",
            "console",
            "docker",
            "failure",
            "input",
            "install",
            "json",
            "kubernetes",
            "model",
            "plan",
            "process",
            "progress",
            "qemu",
            "report",
            "words");

    private static final Set<String> ALL = Rooms.all(DECIDING_AND_DOING, Set.of("local"));

    private static final Rooms ROOMS = Rooms.below(
            ROOT,
            Map.of(
                    Rooms.ROOT,
                    arrows(Set.of("cli", "github", "host", "rehearsal"), ALL, Set.of()),
                    "runner",
                    arrows(Set.of(), Set.of("process"), Set.of()),
                    "yaml",
                    arrows(Set.of(), Set.of("input"), Set.of("org.snakeyaml.engine..")),
                    "job",
                    arrows(Set.of(), Set.of("input", "json", "model", "plan"), Set.of()),
                    "host",
                    arrows(Set.of(), ALL, Set.of()),
                    "cli",
                    arrows(
                            Set.of("host", "yaml"),
                            DECIDING_AND_DOING,
                            Set.of("org.apache.commons.cli..", "io.buildkitci.cacheservice..")),
                    "github",
                    arrows(
                            Set.of("host", "job", "runner", "yaml"),
                            DECIDING_AND_DOING,
                            Set.of("com.fasterxml.jackson.core..")),
                    "rehearsal",
                    arrows(Set.of("host"), ALL, Set.of())));

    /**
     * What a room may depend on.
     *
     * @param rooms of the action
     * @param engine rooms of the engine
     * @param libraries packages of others
     */
    private static Set<String> arrows(Set<String> rooms, Set<String> engine, Set<String> libraries) {
        return Rooms.all(Rooms.of(ROOT, rooms), Rooms.of(ENGINE, engine), libraries);
    }

    static Stream<String> rooms() {
        return ROOMS.names();
    }

    @Test
    void theScanSeesEveryRoomThatThereIs() {
        ROOMS.areThoseThatThereAre(50);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void dependsOnlyOnTheRoomsItMay(String room) {
        ROOMS.dependsOnlyOnWhatItMay(room);
    }
}
