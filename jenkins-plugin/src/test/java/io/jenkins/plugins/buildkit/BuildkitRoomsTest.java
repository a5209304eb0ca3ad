package io.jenkins.plugins.buildkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.buildkitci.architecture.Rooms;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the plugin's rooms and from them to the engine's. */
class BuildkitRoomsTest {
    private static final String ENGINE = "io.buildkitci";
    private static final String ROOT = "io.jenkins.plugins.buildkit";

    /** Jenkins, its plugins, and what it hands to plugins of others. */
    private static final Set<String> JENKINS = Set.of(
            "hudson..",
            "jenkins..",
            "org.jenkinsci..",
            "org.kohsuke.stapler..",
            "com.cloudbees..",
            "com.google.common.util.concurrent..",
            "jakarta.servlet..",
            "net.sf.json..",
            "org.springframework.security.core..",
            "javax..");

    /** Every room of the engine but the one that touches this machine. */
    private static final Set<String> DECIDING_AND_DOING = Set.of(
            "build",
            "builder",
            "cache",
            "console",
            "docker",
            "failure",
            "input",
            "json",
            "model",
            "plan",
            "process",
            "progress",
            "qemu",
            "report",
            "words");

    private static final Rooms ROOMS = Rooms.below(
            ROOT,
            Map.ofEntries(
                    Map.entry(
                            "agent",
                            arrows(
                                    Set.of(),
                                    Set.of("build", "builder", "docker", "input", "local", "process", "qemu", "words"),
                                    JENKINS)),
                    Map.entry(
                            "cache",
                            arrows(
                                    Set.of("config"),
                                    Rooms.all(DECIDING_AND_DOING, Set.of("local")),
                                    Rooms.all(JENKINS, Set.of("io.buildkitci.cacheservice..")))),
                    Map.entry(
                            "config",
                            arrows(
                                    Set.of("agent", "housekeeping"),
                                    Set.of("builder", "input", "model", "plan", "process", "words"),
                                    JENKINS)),
                    Map.entry("console", arrows(Set.of(), Set.of("console"), JENKINS)),
                    Map.entry(
                            "credentials",
                            arrows(
                                    Set.of("agent"),
                                    Set.of("input", "json", "process"),
                                    Rooms.all(JENKINS, Set.of("com.fasterxml.jackson.core..")))),
                    Map.entry("detached", arrows(Set.of(), Set.of("process"), JENKINS)),
                    Map.entry("housekeeping", arrows(Set.of("agent"), Set.of("builder", "json", "process"), JENKINS)),
                    Map.entry(
                            "page",
                            arrows(
                                    Set.of(),
                                    Set.of("build", "failure", "model", "process", "progress", "report"),
                                    JENKINS)),
                    Map.entry("parameters", arrows(Set.of(), Set.of("input", "words"), Set.of())),
                    Map.entry(
                            "step",
                            arrows(
                                    Set.of(
                                            "agent",
                                            "cache",
                                            "config",
                                            "console",
                                            "credentials",
                                            "detached",
                                            "housekeeping",
                                            "page",
                                            "parameters",
                                            "tool"),
                                    DECIDING_AND_DOING,
                                    JENKINS)),
                    Map.entry("tool", arrows(Set.of(), Set.of("builder", "install", "model", "qemu"), JENKINS))));

    /**
     * What a room may depend on.
     *
     * @param rooms of the plugin
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
        ROOMS.areThoseThatThereAre(100);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void dependsOnlyOnTheRoomsItMay(String room) {
        ROOMS.dependsOnlyOnWhatItMay(room);
    }

    @Test
    void parametersAreReadWithoutTouchingAnything() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".parameters")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.(nio\\.file\\..*|io\\.File.*|lang\\.Process.*|lang\\.Thread|net\\..*)")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(ROOMS.code());
    }

    @Test
    void nothingStartsAProcessButByALauncher() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".*")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.(ProcessBuilder|Runtime)")
                .check(ROOMS.code());
    }
}
