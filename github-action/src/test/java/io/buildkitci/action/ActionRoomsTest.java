package io.buildkitci.action;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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

/** The arrows between the action's rooms and from them to the engine's. */
class ActionRoomsTest {
    private static final String ENGINE = "io.buildkitci.";
    private static final String ROOT = "io.buildkitci.action.";
    private static final JavaClasses ACTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.buildkitci.action");

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

    private static final Set<String> ALL =
            Stream.concat(DECIDING_AND_DOING.stream(), Stream.of("local")).collect(Collectors.toUnmodifiableSet());

    /**
     * What a room may depend on.
     *
     * @param rooms of the action
     * @param engine rooms of the engine
     * @param libraries packages of others
     */
    private record Arrows(Set<String> rooms, Set<String> engine, Set<String> libraries) {}

    private static final Map<String, Arrows> ARROWS = new TreeMap<>(Map.of(
            "runner", new Arrows(Set.of(), Set.of("process"), Set.of()),
            "yaml", new Arrows(Set.of(), Set.of("input"), Set.of("org.snakeyaml.engine..")),
            "job", new Arrows(Set.of(), Set.of("input", "json", "model", "plan"), Set.of()),
            "host", new Arrows(Set.of(), ALL, Set.of()),
            "cli",
                    new Arrows(
                            Set.of("host", "yaml"),
                            DECIDING_AND_DOING,
                            Set.of("org.apache.commons.cli..", "io.buildkitci.cacheservice..")),
            "github",
                    new Arrows(
                            Set.of("host", "job", "runner", "yaml"),
                            DECIDING_AND_DOING,
                            Set.of("com.fasterxml.jackson.core..")),
            "rehearsal", new Arrows(Set.of("host"), ALL, Set.of())));

    static Stream<String> rooms() {
        return ARROWS.keySet().stream();
    }

    @Test
    void theScanSeesEveryRoomThatThereIs() {
        File[] folders = new File("src/main/java/io/buildkitci/action").listFiles(File::isDirectory);
        Set<String> there = Arrays.stream(folders == null ? new File[0] : folders)
                .map(File::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> seen = ACTION.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ACTION.size()).isGreaterThan(50);
        assertThat(there).isEqualTo(ARROWS.keySet());
        assertThat(seen).isEqualTo(ARROWS.keySet());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void dependsOnlyOnTheRoomsItMay(String room) {
        Arrows arrows = ARROWS.getOrDefault(room, new Arrows(Set.of(), Set.of(), Set.of()));
        List<String> allowed = Stream.of(
                        Stream.of(ROOT + room, "java..", "org.jspecify..", ""),
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
                .check(ACTION);
    }
}
