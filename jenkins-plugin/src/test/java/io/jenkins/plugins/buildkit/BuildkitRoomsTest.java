package io.jenkins.plugins.buildkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the plugin's rooms and from them to the engine's. */
class BuildkitRoomsTest {
    private static final String ENGINE = "io.buildkitci.";
    private static final String ROOT = "io.jenkins.plugins.buildkit.";
    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.buildkit");

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
            "org.springframework.security.core..");

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

    /**
     * What a room may depend on.
     *
     * @param rooms of the plugin
     * @param engine rooms of the engine
     * @param libraries packages of others
     */
    private record Arrows(Set<String> rooms, Set<String> engine, Set<String> libraries) {}

    private static final Map<String, Arrows> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "agent",
                    new Arrows(
                            Set.of(),
                            Set.of("build", "builder", "docker", "input", "local", "process", "qemu", "words"),
                            JENKINS)),
            Map.entry(
                    "cache",
                    new Arrows(
                            Set.of("config"),
                            with(DECIDING_AND_DOING, "local"),
                            with(JENKINS, "io.buildkitci.cacheservice.."))),
            Map.entry(
                    "config",
                    new Arrows(
                            Set.of("agent", "housekeeping"),
                            Set.of("builder", "input", "model", "plan", "process", "words"),
                            JENKINS)),
            Map.entry("console", new Arrows(Set.of(), Set.of("console"), JENKINS)),
            Map.entry(
                    "credentials",
                    new Arrows(
                            Set.of("agent"),
                            Set.of("input", "json", "process"),
                            with(JENKINS, "com.fasterxml.jackson.core.."))),
            Map.entry("detached", new Arrows(Set.of(), Set.of("process"), JENKINS)),
            Map.entry("housekeeping", new Arrows(Set.of("agent"), Set.of("builder", "json", "process"), JENKINS)),
            Map.entry(
                    "page",
                    new Arrows(
                            Set.of(), Set.of("build", "failure", "model", "process", "progress", "report"), JENKINS)),
            Map.entry("parameters", new Arrows(Set.of(), Set.of("input", "words"), Set.of())),
            Map.entry(
                    "step",
                    new Arrows(
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
            Map.entry("tool", new Arrows(Set.of(), Set.of("builder", "install", "model", "qemu"), JENKINS))));

    private static Set<String> with(Set<String> all, String further) {
        return Stream.concat(all.stream(), Stream.of(further)).collect(Collectors.toUnmodifiableSet());
    }

    static Stream<String> rooms() {
        return ARROWS.keySet().stream();
    }

    @Test
    void theScanSeesEveryRoomThatThereIs() {
        File[] folders = new File("src/main/java/io/jenkins/plugins/buildkit").listFiles(File::isDirectory);
        Set<String> there = Arrays.stream(folders == null ? new File[0] : folders)
                .map(File::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> seen = PLUGIN.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(PLUGIN.size()).isGreaterThan(100);
        assertThat(there).isEqualTo(ARROWS.keySet());
        assertThat(seen).isEqualTo(ARROWS.keySet());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void dependsOnlyOnTheRoomsItMay(String room) {
        Arrows arrows = ARROWS.getOrDefault(room, new Arrows(Set.of(), Set.of(), Set.of()));
        List<String> allowed = Stream.of(
                        Stream.of(ROOT + room, "java..", "javax..", "org.jspecify..", ""),
                        arrows.rooms().stream().map(name -> ROOT + name),
                        arrows.engine().stream().map(name -> ENGINE + name),
                        arrows.libraries().stream())
                .flatMap(names -> names)
                .toList();

        classes()
                .that()
                .resideInAPackage(ROOT + room)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
                .check(PLUGIN);
    }

    @Test
    void parametersAreReadWithoutTouchingAnything() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "parameters")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.(nio\\.file\\..*|io\\.File.*|lang\\.Process.*|lang\\.Thread|net\\..*)")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(PLUGIN);
    }

    @Test
    void nothingStartsAProcessButByALauncher() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "*")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.(ProcessBuilder|Runtime)")
                .check(PLUGIN);
    }
}
