package io.buildkitci.action.github;

import io.buildkitci.action.job.Job;
import io.buildkitci.action.runner.StepLog.Spot;
import io.buildkitci.model.BuildRequest.Source;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From a place that BuildKit names, relative to nothing in particular, to one in the repository, where an annotation can
 * point at it.
 *
 * @param dockerfile path of the Dockerfile in the repository, with '/'; empty when it is not in it
 */
record DockerfileSpots(Optional<String> dockerfile) {
    /** A git context as buildx 0.36 reads it: address, query, fragment. */
    private static final Pattern GIT = Pattern.compile("([^?#]*)(?:\\?([^#]*))?(?:#(.*))?");

    private static final Pattern SUBDIRECTORY = Pattern.compile("(?:^|&)subdir=([^&]*)");

    static DockerfileSpots of(Source source, Job job) {
        String context = source.context();
        String file = source.file().orElse("");
        if (isAddress(file)) {
            return new DockerfileSpots(Optional.empty());
        }
        return new DockerfileSpots(isAddress(context) ? inGit(context, file, job) : here(context, file, job));
    }

    private static boolean isAddress(String text) {
        return text.contains("://") || text.startsWith("git@");
    }

    /** Only this repository's own files: {@code https://…/owner/repo.git#ref:directory}. */
    private static Optional<String> inGit(String context, String file, Job job) {
        String own = job.site().server() + "/" + job.site().repository().orElse("/") + ".git";
        Matcher git = GIT.matcher(context);
        return git.matches() && git.group(1).equals(own)
                ? normal(directory(git) + "/" + (file.isEmpty() ? "Dockerfile" : file))
                : Optional.empty();
    }

    private static String directory(Matcher git) {
        String query = git.group(2) == null ? "" : git.group(2);
        String fragment = git.group(3) == null ? "" : git.group(3);
        Matcher subdirectory = SUBDIRECTORY.matcher(query);
        int colon = fragment.indexOf(':');
        String named = colon < 0 ? "" : fragment.substring(colon + 1);
        return subdirectory.find() ? subdirectory.group(1) : named;
    }

    private static Optional<String> here(String context, String file, Job job) {
        try {
            Path path = file.isEmpty() ? Path.of(context, "Dockerfile") : Path.of(file);
            Path workspace =
                    Path.of(job.workspace().orElse("")).toAbsolutePath().normalize();
            Path whole = workspace.resolve(path).normalize();
            return whole.startsWith(workspace)
                    ? normal(workspace.relativize(whole).toString())
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** With '/' alone and without dots; empty for what leads out of the repository. */
    private static Optional<String> normal(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.replace('\\', '/').split("/+", -1)) {
            if (name.equals("..")) {
                if (names.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return Optional.of(String.join("/", names)).filter(normal -> !normal.isEmpty());
    }

    /** None for a file that is not the Dockerfile: BuildKit does not say where it is. */
    Spot of(String file, int line) {
        boolean same = dockerfile.filter(d -> name(d).equals(name(file))).isPresent();
        return same ? new Spot(dockerfile.orElse(""), line) : Spot.NONE;
    }

    private static String name(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
