package io.buildkitci.cacheservice;

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

/** The arrows between the cache service's rooms and from them to the engine's. */
class CacheRoomsTest {
    private static final String ROOT = "io.buildkitci.cacheservice";
    private static final String JACKSON = "com.fasterxml.jackson.core..";
    private static final String MVSTORE = "org.h2.mvstore..";
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** What a room may depend on besides the JDK; the one without a name puts the others together. */
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.of(
            "",
                    Set.of(
                            ROOT + ".http",
                            ROOT + ".store",
                            ROOT + ".trust",
                            "io.buildkitci.json",
                            "io.buildkitci.model",
                            "io.netty.handler.ssl"),
            "http",
                    Set.of(
                            ROOT + ".store",
                            ROOT + ".trust",
                            "io.buildkitci.json",
                            "io.buildkitci.model",
                            JACKSON,
                            "io.netty.."),
            "store", Set.of("io.buildkitci.json", JACKSON, MVSTORE),
            "trust", Set.of("io.buildkitci.json", JACKSON, MVSTORE, "io.buildkitci.model", "org.jose4j..")));

    static Stream<String> rooms() {
        return ARROWS.keySet().stream();
    }

    private static String named(String room) {
        return room.isEmpty() ? ROOT : ROOT + "." + room;
    }

    @Test
    void theScanSeesEveryRoomThatThereIs() {
        File[] folders = new File("src/main/java/io/buildkitci/cacheservice").listFiles(File::isDirectory);
        Set<String> there = Stream.concat(
                        Stream.of(ROOT),
                        Arrays.stream(folders == null ? new File[0] : folders).map(folder -> named(folder.getName())))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> seen =
                SERVICE.stream().map(type -> type.getPackageName()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(SERVICE.size()).isGreaterThan(30);
        assertThat(there)
                .isEqualTo(ARROWS.keySet().stream()
                        .map(CacheRoomsTest::named)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(seen).isEqualTo(there);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void dependsOnlyOnTheRoomsItMay(String room) {
        List<String> allowed = Stream.concat(
                        Stream.of(named(room), "java..", "javax..", "org.jspecify..", ""),
                        ARROWS.getOrDefault(room, Set.of()).stream())
                .toList();

        classes()
                .that()
                .resideInAPackage(named(room))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
                .check(SERVICE);
    }
}
