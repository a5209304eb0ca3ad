package io.buildkitci.action.dropin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The job of a row: the repository octo/app on the branch main, unless it says otherwise.
 *
 * @param visible whether everybody may see the repository
 * @param pullRequest the newest commit of a pull request's own branch
 * @param variables beside those that every job has
 * @param driver of the current builder
 * @param buildkit its BuildKit
 */
record Job(
        boolean visible,
        Optional<String> pullRequest,
        Map<String, String> variables,
        String driver,
        String buildkit,
        String buildx) {
    static final String TOKEN = "ghs_0123456789abcdefghij";
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Set<String> KEYS =
            Set.of("private", "ref", "pull-request", "environment", "driver", "buildkit", "buildx");

    Job {
        variables = Map.copyOf(variables);
    }

    static Job of(Map<String, Object> job) {
        if (!KEYS.containsAll(job.keySet())) {
            throw new IllegalArgumentException("unknown key in " + job.keySet());
        }
        Map<String, String> variables = new TreeMap<>(Map.of("GITHUB_REF", text(job, "ref", "refs/heads/main")));
        variables.putAll(Row.texts(job.getOrDefault("environment", Map.of())));
        return new Job(
                !text(job, "private", "false").equals("true"),
                Optional.ofNullable(job.get("pull-request")).map(Object::toString),
                variables,
                text(job, "driver", "docker-container"),
                text(job, "buildkit", "v0.25.1"),
                text(job, "buildx", "v0.36.1"));
    }

    private static String text(Map<String, Object> of, String key, String otherwise) {
        return of.getOrDefault(key, otherwise).toString();
    }

    /** The variables that the runner sets and those of the row. */
    Map<String, String> environment() {
        Map<String, String> all = new TreeMap<>(Map.of(
                "GITHUB_ACTIONS", "true",
                "GITHUB_SERVER_URL", "https://github.com",
                "GITHUB_API_URL", "https://api.github.com",
                "GITHUB_REPOSITORY", "octo/app",
                "GITHUB_SHA", COMMIT,
                "GITHUB_RUN_ID", "42",
                "GITHUB_RUN_ATTEMPT", "1",
                "GITHUB_EVENT_NAME", pullRequest.isPresent() ? "pull_request" : "push"));
        all.putAll(variables);
        return all;
    }

    /** What {@code GITHUB_EVENT_PATH} names. */
    String event() {
        String request = pullRequest
                .map(head -> ",\"pull_request\":{\"number\":7,\"head\":{\"sha\":\"" + head
                        + "\",\"repo\":{\"full_name\":\"octo/app\"}},\"base\":{\"repo\":{\"full_name\":\"octo/app\"}}}")
                .orElse("");
        return "{\"repository\":{\"full_name\":\"octo/app\",\"private\":" + !visible + ",\"default_branch\":\"main\"}"
                + request + "}";
    }

    /** What {@code buildx inspect} says of the current builder. */
    String[] builder(String name) {
        return new String[] {
            "Name:          " + name,
            "Driver:        " + driver,
            "",
            "Nodes:",
            "Name:                  " + name + "0",
            "Endpoint:              " + (driver.equals("docker") ? name : "unix:///var/run/docker.sock"),
            "Status:                running",
            "BuildKit version:      " + buildkit,
            "Platforms:             linux/amd64, linux/386",
            "Labels:",
            " org.mobyproject.buildkit.worker.snapshotter:         overlayfs",
            "",
        };
    }

    /** A text of a table with the job's own facts in it. */
    String filledIn(String text) {
        return text.replace("${git}", "https://github.com/octo/app.git#" + COMMIT)
                .replace("${run}", "https://github.com/octo/app/actions/runs/42/attempts/1")
                .replace("${token}", TOKEN);
    }
}
