package io.jenkins.plugins.buildkit.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Extension;
import hudson.init.Initializer;
import hudson.model.Descriptor;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jenkins finds in the built plugin's indexes everything that is there to be found. */
class IndexesIT {
    @TempDir
    private Path folder;

    private Hpi hpi;

    @BeforeEach
    void open() throws IOException {
        hpi = Hpi.built(folder);
    }

    @Test
    void everyExtensionIsIndexed() throws ClassNotFoundException {
        Set<String> indexed = new TreeSet<>();
        for (IndexItem<Extension, Object> item : Index.load(Extension.class, Object.class, hpi.loader())) {
            indexed.add(item.className());
        }

        assertThat(indexed).isNotEmpty().isEqualTo(carrying(Extension.class));
    }

    @Test
    void everyExtensionCanBeMade() throws ClassNotFoundException {
        for (Class<?> type : hpi.classes()) {
            if (type.isAnnotationPresent(Extension.class)) {
                assertThat(type).isPublic();
                assertThat(Modifier.isAbstract(type.getModifiers()))
                        .as("%s is abstract", type)
                        .isFalse();
                assertThat(type.getEnclosingClass() == null || Modifier.isStatic(type.getModifiers()))
                        .as("%s is static", type)
                        .isTrue();
                assertThat(Arrays.stream(type.getConstructors()).map(c -> c.getParameterCount()))
                        .as("constructors of %s", type)
                        .contains(0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Symbol.class, Initializer.class})
    void everySymbolAndEveryInitializerIsIndexed(Class<? extends Annotation> annotation) throws ClassNotFoundException {
        String index = hpi.own("META-INF/services/annotations/" + annotation.getName())
                .values()
                .iterator()
                .next();

        assertThat(index.lines().toList())
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(carrying(annotation));
    }

    @Test
    void whatJenkinsCallsWhileItStartsIsPublicAndStatic() throws ClassNotFoundException {
        for (Class<?> type : hpi.classes()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Initializer.class)) {
                    assertThat(method.getModifiers() & (Modifier.PUBLIC | Modifier.STATIC))
                            .as("%s", method)
                            .isEqualTo(Modifier.PUBLIC | Modifier.STATIC);
                }
            }
        }
    }

    @Test
    void everySymbolIsANameThatAPipelineCanCallAndNamesOneDescriptor() throws ClassNotFoundException {
        List<String> names = hpi.classes().stream()
                .filter(c -> c.isAnnotationPresent(Symbol.class) && Descriptor.class.isAssignableFrom(c))
                .flatMap(c -> Arrays.stream(c.getAnnotation(Symbol.class).value()))
                .toList();

        assertThat(names).allMatch(name -> name.matches("[a-z][A-Za-z0-9]*"));
        assertThat(names).doesNotHaveDuplicates();
    }

    private Set<String> carrying(Class<? extends Annotation> annotation) throws ClassNotFoundException {
        return hpi.classes().stream()
                .filter(type -> elements(type).anyMatch(element -> element.isAnnotationPresent(annotation)))
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<AnnotatedElement> elements(Class<?> type) {
        Stream<AnnotatedElement> members =
                Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredFields()));
        return Stream.concat(Stream.of(type), members);
    }
}
