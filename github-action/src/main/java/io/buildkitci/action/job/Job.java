package io.buildkitci.action.job;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The workflow job that a step runs in. Outside of GitHub little of it is known, and nothing of it is needed.
 *
 * @param run empty when no run is named
 * @param workspace the directory that the repository is checked out to
 * @param debug whether the run was started with debug logging
 */
public record Job(
        Site site,
        Commit commit,
        Optional<Run> run,
        Optional<String> workspace,
        boolean debug,
        Event event,
        Switches switches) {
    private static final Pattern REPOSITORY = Pattern.compile("[^/\\s]+/[^/\\s]+");

    /**
     * The GitHub that a job belongs to.
     *
     * @param server address without a slash at its end
     * @param api address of its REST interface
     * @param repository {@code owner/name}
     */
    public record Site(String server, String api, Optional<String> repository) {
        /** Where the repository is seen. */
        Optional<String> repositoryUrl() {
            return repository.map(name -> server + "/" + name);
        }

        /** Host and port as they stand in the server's address. */
        String host() {
            return server.replaceFirst("^[^:/]+://", "")
                    .replaceFirst("[/?#].*$", "")
                    .replaceFirst("^.*@", "");
        }

        /** Empty when the repository is not known. */
        public Optional<String> owner() {
            return repository.map(name -> name.substring(0, name.indexOf('/')));
        }
    }

    /**
     * What was checked in.
     *
     * @param ref fully named, {@code refs/heads/main}, {@code refs/tags/v1} or {@code refs/pull/7/merge}
     * @param headBranch what a pull request comes from
     * @param baseBranch what a pull request goes into
     */
    public record Commit(
            Optional<String> sha, Optional<String> ref, Optional<String> headBranch, Optional<String> baseBranch) {}

    /** One attempt of one run of a workflow. */
    public record Run(String id, String attempt) {}

    /**
     * The job that the runner describes.
     *
     * @param environment of the process
     * @param file the text of a file; empty when it cannot be read
     */
    public static Job from(Map<String, String> environment, Function<Path, Optional<String>> file) {
        Variables variables = new Variables(environment);
        Event event = variables
                .text("GITHUB_EVENT_PATH")
                .flatMap(Job::path)
                .flatMap(file)
                .map(Event::parse)
                .orElse(Event.NONE);
        return new Job(
                variables.site(event),
                variables.commit(),
                variables.run(),
                variables.text("GITHUB_WORKSPACE"),
                variables.text("RUNNER_DEBUG").filter("1"::equals).isPresent(),
                event,
                Switches.read(environment).switches());
    }

    /** Where this attempt is seen, as provenance names its builder; empty when run or repository is not known. */
    public Optional<String> runUrl() {
        return run.flatMap(
                r -> site.repositoryUrl().map(url -> url + "/actions/runs/" + r.id() + "/attempts/" + r.attempt()));
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private record Variables(Map<String, String> environment) {
        Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
        }

        /** The repository's name is in the event too, as actions/toolkit reads it. */
        Site site(Event event) {
            return new Site(
                    text("GITHUB_SERVER_URL").orElse("https://github.com").replaceFirst("/+$", ""),
                    text("GITHUB_API_URL").orElse("https://api.github.com").replaceFirst("/+$", ""),
                    text("GITHUB_REPOSITORY")
                            .or(event::repository)
                            .filter(name -> REPOSITORY.matcher(name).matches()));
        }

        Commit commit() {
            return new Commit(text("GITHUB_SHA"), text("GITHUB_REF"), text("GITHUB_HEAD_REF"), text("GITHUB_BASE_REF"));
        }

        Optional<Run> run() {
            return text("GITHUB_RUN_ID")
                    .map(id -> new Run(id, text("GITHUB_RUN_ATTEMPT").orElse("1")));
        }

        @Override
        public String toString() {
            return "Variables[" + environment.size() + "]";
        }
    }
}
