package io.buildkitci.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the engine's rooms: which package may depend on which. */
class RoomsTest {
    private static final String ROOT = "io.buildkitci";

    /** Room to the rooms that it may depend on. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("input", Set.of("model")),
            Map.entry("plan", Set.of("model", "words")),
            Map.entry("process", Set.of()),
            Map.entry("failure", Set.of("model", "process", "words")),
            Map.entry("words", Set.of()),
            Map.entry("progress", Set.of("model", "process")),
            Map.entry("report", Set.of("model", "failure", "progress", "json")),
            Map.entry("console", Set.of("model", "progress", "process")),
            Map.entry("qemu", Set.of("model", "process", "docker", "install", "json")),
            Map.entry("builder", Set.of("model", "plan", "process", "failure", "docker", "json", "words")),
            Map.entry("daemon", Set.of("model", "plan", "process", "builder", "json", "words")),
            Map.entry(
                    "build",
                    Set.of(
                            "model",
                            "input",
                            "plan",
                            "process",
                            "failure",
                            "progress",
                            "report",
                            "console",
                            "qemu",
                            "builder",
                            "daemon",
                            "docker",
                            "cache",
                            "json",
                            "words")),
            Map.entry("kubernetes", Set.of("model")),
            Map.entry("docker", Set.of("process", "json")),
            Map.entry("json", Set.of()),
            Map.entry("install", Set.of("model", "process", "json")),
            Map.entry("cache", Set.of("model", "json")),
            Map.entry("local", Set.of("process")));

    /** Rooms that decide and therefore touch nothing: no files, clock, environment, processes, network or threads. */
    private static final List<String> PURE =
            List.of("model", "input", "plan", "failure", "progress", "report", "cache", "json", "words", "kubernetes");

    /** Rooms with libraries of their own. */
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "input", Set.of("de.siegmar.fastcsv.."),
            "progress", Set.of("com.fasterxml.jackson.core.."),
            "json", Set.of("com.fasterxml.jackson.core.."),
            "builder", Set.of("com.fasterxml.jackson.core.."),
            "install", Set.of("org.semver4j.."),
            "local", Set.of("javax.net.ssl.."));

    private static final Rooms ROOMS = Rooms.below(
            ROOT,
            ARROWS.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            room -> Rooms.all(
                                    Rooms.of(ROOT, room.getValue()),
                                    LIBRARIES.getOrDefault(room.getKey(), Set.of())))));

    static Stream<String> rooms() {
        return ROOMS.names();
    }

    static Stream<String> pureRooms() {
        return PURE.stream();
    }

    @Test
    void theScanSeesEveryRoomThatThereIs() {
        ROOMS.areThoseThatThereAre(20);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void dependsOnlyOnTheRoomsItMay(String room) {
        ROOMS.dependsOnlyOnWhatItMay(room);
    }

    @ParameterizedTest
    @MethodSource("pureRooms")
    void aPureRoomTouchesNothing(String room) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.(nio\\.file\\.Files|io\\.File.*|lang\\.ProcessBuilder|lang\\.Process|lang\\.Thread|net\\.http\\..*|net\\.Socket|util\\.concurrent\\..*Executor.*)")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .allowEmptyShould(true)
                .because("decisions are made on values that are handed in")
                .check(ROOMS.code());
    }

    @Test
    void onlyTheLocalRoomStartsProcessesAndTouchesFiles() {
        noClasses()
                .that()
                .resideInAPackage("io.buildkitci..")
                .and()
                .resideOutsideOfPackage(ROOT + ".local")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.(nio\\.file\\.Files|io\\.File.*|lang\\.ProcessBuilder|lang\\.Process)")
                .check(ROOMS.code());
    }
}
