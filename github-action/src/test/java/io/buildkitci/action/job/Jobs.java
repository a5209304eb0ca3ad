package io.buildkitci.action.job;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Workflow jobs, in tests: the environment as the runner sets it, and the event's file. */
final class Jobs {
    static final String SHA = "860c1904a1ce19322e91ac35af1ab07466440c37";
    static final String HEAD = "f11797113e5a9b86bd976329c5dbb8a8bfdfadfa";
    static final String RUN = "https://github.com/o/r/actions/runs/123/attempts/2";

    private final Map<String, String> environment = new LinkedHashMap<>();
    private Optional<String> event = Optional.empty();

    /** Nowhere: nothing is set. */
    static Jobs none() {
        return new Jobs();
    }

    /** A push to main of a public repository. */
    static Jobs push() {
        return none().with("GITHUB_REPOSITORY", "o/r")
                .with("GITHUB_SHA", SHA)
                .with("GITHUB_REF", "refs/heads/main")
                .with("GITHUB_RUN_ID", "123")
                .with("GITHUB_RUN_ATTEMPT", "2")
                .event("{'repository':{'full_name':'o/r','private':false,'visibility':'public'}}");
    }

    /** A pull request from a branch of the same repository. */
    static Jobs pullRequest() {
        return push().with("GITHUB_REF", "refs/pull/15/merge")
                .with("GITHUB_HEAD_REF", "topic")
                .with("GITHUB_BASE_REF", "main")
                .event("{'repository':{'full_name':'o/r'},'pull_request':{'number':15,'head':{'sha':'" + HEAD
                        + "','repo':{'full_name':'o/r'}},'base':{'repo':{'full_name':'o/r'}}}}");
    }

    Jobs with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Jobs without(String name) {
        environment.remove(name);
        return this;
    }

    /** @param json with single quotes */
    Jobs event(String json) {
        environment.put("GITHUB_EVENT_PATH", "/home/runner/event.json");
        event = Optional.of(json.replace('\'', '"'));
        return this;
    }

    Jobs withoutEventFile() {
        event = Optional.empty();
        return this;
    }

    Jobs ofPrivateRepository() {
        return event("{'repository':{'full_name':'o/r','private':true,'visibility':'private'}}");
    }

    Job job() {
        return Job.from(
                environment, path -> path.equals(Path.of("/home/runner/event.json")) ? event : Optional.empty());
    }
}
