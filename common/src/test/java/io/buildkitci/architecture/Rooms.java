package io.buildkitci.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rooms of a module, which are the packages below its root, and the arrows between them. */
public final class Rooms {
    /** For what stands in the root itself. */
    public static final String ROOT = "";

    private static final Set<String> FOR_ALL = Set.of("java..", "org.jspecify..", "");

    private final String root;
    private final Map<String, Set<String>> arrows;
    private final JavaClasses code;

    private Rooms(String root, Map<String, Set<String>> arrows, JavaClasses code) {
        this.root = root;
        this.arrows = new TreeMap<>(arrows);
        this.code = code;
    }

    /** @param arrows by the name of a room, the packages that it may depend on besides the JDK's */
    public static Rooms below(String root, Map<String, Set<String>> arrows) {
        return new Rooms(
                root,
                arrows,
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(root));
    }

    /** Packages of rooms. */
    public static Set<String> of(String root, Collection<String> rooms) {
        return rooms.stream().map(room -> root + "." + room).collect(Collectors.toUnmodifiableSet());
    }

    /** All of several sets. */
    @SafeVarargs
    public static Set<String> all(Set<String>... sets) {
        Set<String> all = new TreeSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return all;
    }

    /** For rules that are not of arrows. */
    public JavaClasses code() {
        return code;
    }

    public Stream<String> names() {
        return arrows.keySet().stream();
    }

    /** No room is forgotten, and the scan was not of an empty house. */
    public void areThoseThatThereAre(int classesAtLeast) {
        File[] folders = new File("src/main/java/" + root.replace('.', '/')).listFiles(File::isDirectory);
        Set<String> there = Stream.of(folders == null ? new File[0] : folders)
                .map(File::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> seen = code.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .map(name -> name.equals(root) ? ROOT : name.substring(root.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(code.size()).isGreaterThan(classesAtLeast);
        assertThat(seen).isEqualTo(arrows.keySet());
        there.addAll(seen.contains(ROOT) ? Set.of(ROOT) : Set.of());
        assertThat(there).isEqualTo(arrows.keySet());
    }

    public void dependsOnlyOnWhatItMay(String room) {
        String own = room.equals(ROOT) ? root : root + "." + room;
        String[] allowed =
                all(FOR_ALL, Set.of(own), arrows.getOrDefault(room, Set.of())).toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .check(code);
    }
}
