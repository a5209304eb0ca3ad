package io.buildkitci.action.github;

import io.buildkitci.action.job.Job;
import io.buildkitci.action.runner.StepLog.Spot;
import io.buildkitci.model.BuildRequest.Source;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * From a place that BuildKit names, relative to nothing in particular, to one in the repository, where an annotation can
 * point at it.
 *
 * @param dockerfile path of the Dockerfile in the repository, with '/'; empty when it is not in it
 */
record DockerfileSpots(Optional<String> dockerfile) {
    static DockerfileSpots of(Source source, Job job) {
        String context = source.context();
        String file = source.file().orElse("");
        return new DockerfileSpots(
                context.contains("://") || context.startsWith("git@")
                        ? inGit(context, file, job)
                        : here(context, file, job));
    }

    /** Only this repository's own files: {@code https://…/owner/repo.git#ref:directory}. */
    private static Optional<String> inGit(String context, String file, Job job) {
        String own = job.site().server() + "/" + job.site().repository().orElse("/") + ".git";
        if (!context.startsWith(own)) {
            return Optional.empty();
        }
        int fragment = context.indexOf('#');
        int colon = fragment < 0 ? -1 : context.indexOf(':', fragment);
        String directory = colon < 0 ? "" : context.substring(colon + 1);
        return Optional.of(normal(Path.of(directory, file.isEmpty() ? "Dockerfile" : file)));
    }

    private static Optional<String> here(String context, String file, Job job) {
        try {
            Path path = file.isEmpty() ? Path.of(context, "Dockerfile") : Path.of(file);
            Path workspace =
                    Path.of(job.workspace().orElse("")).toAbsolutePath().normalize();
            Path whole = workspace.resolve(path).normalize();
            return whole.startsWith(workspace) ? Optional.of(normal(workspace.relativize(whole))) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String normal(Path path) {
        return path.normalize().toString().replace('\\', '/');
    }

    /** None for a file that is not the Dockerfile: BuildKit does not say where it is. */
    Spot of(String file, int line) {
        boolean same = dockerfile.filter(d -> name(d).equals(name(file))).isPresent();
        return same ? new Spot(dockerfile.orElse(""), line) : Spot.NONE;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
