package io.buildkitci.jenkinsapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/**
 * Writes the index in which Jenkins looks names of steps and configuration up: a text file that is called as the
 * annotation and lists the binary names of the classes that carry it.
 *
 * <p>It stands in for the processor of {@code org.jenkins-ci:annotation-indexer}.
 */
@SupportedAnnotationTypes("org.jenkinsci.Symbol")
public final class SymbolIndex extends AbstractProcessor {
    private static final String FILE = "META-INF/services/annotations/org.jenkinsci.Symbol";

    private final TreeMap<String, Element> found = new TreeMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement symbol : annotations) {
            for (Element named : round.getElementsAnnotatedWith(symbol)) {
                found.put(
                        processingEnv
                                .getElementUtils()
                                .getBinaryName((TypeElement) named)
                                .toString(),
                        named);
            }
        }
        if (round.processingOver() && !round.errorRaised() && !found.isEmpty()) {
            write();
        }
        return false;
    }

    private void write() {
        Element[] origins = found.values().toArray(Element[]::new);
        try (Writer file = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", FILE, origins)
                .openWriter()) {
            for (String name : found.keySet()) {
                file.write(name + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
