package io.buildkitci.action.it;

import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two builders that have no cache in common but the one that they are given: one that writes it, and one that reads it. */
final class TwoBuilders implements AutoCloseable {
    /** What a build reads of its context. */
    static final String PAGE = "page";

    private final Builder writer = Builder.of(Driver.DOCKER_CONTAINER);
    private final Builder reader = Builder.of(Driver.DOCKER_CONTAINER);
    private final String steps;

    /** @param steps a Dockerfile; {@code %s} of it is a word that no other build has */
    TwoBuilders(String steps) {
        this.steps = steps;
    }

    Builder writer() {
        return writer;
    }

    Builder reader() {
        return reader;
    }

    CommandLine commandLine() {
        return writer.commandLine();
    }

    /** A context that nobody has built yet. */
    Path context() throws IOException {
        Path context = writer.context(steps.formatted(CommandLine.fresh()));
        page(context, "before");
        return context;
    }

    /** Changes what a build reads of its context. */
    static void page(Path context, String text) throws IOException {
        Files.writeString(context.resolve(PAGE), text);
    }

    @Override
    public void close() throws IOException {
        try (writer) {
            reader.close();
        }
    }
}
