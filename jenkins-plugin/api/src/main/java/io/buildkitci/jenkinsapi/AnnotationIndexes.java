package io.buildkitci.jenkinsapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
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
 * Writes the indexes in which Jenkins looks names of steps and configuration up, and what it calls while it starts: for
 * each annotation a text file that is called as it is and lists the binary names of the classes that carry it, or have a
 * member that does.
 *
 * <p>It stands in for the processor of {@code org.jenkins-ci:annotation-indexer}.
 */
@SupportedAnnotationTypes({"org.jenkinsci.Symbol", "hudson.init.Initializer"})
public final class AnnotationIndexes extends AbstractProcessor {
    private static final String FOLDER = "META-INF/services/annotations/";

    private final Map<String, Map<String, Element>> found = new TreeMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (Element carrier : round.getElementsAnnotatedWith(annotation)) {
                TypeElement type =
                        carrier instanceof TypeElement itself ? itself : (TypeElement) carrier.getEnclosingElement();
                found.computeIfAbsent(annotation.getQualifiedName().toString(), name -> new TreeMap<>())
                        .put(processingEnv.getElementUtils().getBinaryName(type).toString(), type);
            }
        }
        if (round.processingOver() && !round.errorRaised()) {
            found.forEach(this::write);
        }
        return false;
    }

    private void write(String annotation, Map<String, Element> types) {
        Element[] origins = types.values().toArray(Element[]::new);
        try (Writer file = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", FOLDER + annotation, origins)
                .openWriter()) {
            for (String name : types.keySet()) {
                file.write(name + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
