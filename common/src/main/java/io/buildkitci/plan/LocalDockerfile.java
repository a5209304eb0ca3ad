package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest.Source;

/**
 * The Dockerfile of a local context, as a directory and a name in it: that is how BuildKit's clients hand it over.
 *
 * @param directory as it was given, or the context's
 */
public record LocalDockerfile(String directory, String name) {
    public static final String USUAL = "Dockerfile";

    public static LocalDockerfile of(Source source) {
        if (source.file().isEmpty()) {
            return new LocalDockerfile(source.context(), USUAL);
        }
        String path = source.file().get();
        int slash = path.lastIndexOf('/');
        String directory = slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
        return new LocalDockerfile(directory, path.substring(slash + 1));
    }
}
