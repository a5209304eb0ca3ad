package io.buildkitci.action.job;

import io.buildkitci.json.PlainJson;
import java.util.Optional;

/**
 * What started the workflow, as far as a build depends on it (the file that {@code GITHUB_EVENT_PATH} names).
 *
 * @param repository {@code owner/name}
 * @param isPrivate whether only some may see the repository; internal ones count, and where nothing is said it is public
 * @param pullRequest for the events of one
 */
public record Event(
        Optional<String> repository,
        boolean isPrivate,
        Optional<String> defaultBranch,
        Optional<PullRequest> pullRequest) {
    /** Of which nothing is known. */
    public static final Event NONE = new Event(Optional.empty(), false, Optional.empty(), Optional.empty());

    /**
     * A pull request.
     *
     * @param head the newest commit of the branch to be merged
     * @param fromFork whether that branch is in another repository, or in one that is gone
     */
    public record PullRequest(int number, Optional<String> head, boolean fromFork) {}

    /** What is no event is one of which nothing is known. */
    public static Event parse(String json) {
        PlainJson payload = PlainJson.parse(json);
        PlainJson repository = payload.object("repository");
        String visibility = repository.text("visibility");
        return new Event(
                text(repository, "full_name"),
                repository.isTrue("private") || visibility.equals("private") || visibility.equals("internal"),
                text(repository, "default_branch"),
                payload.has("pull_request") ? pullRequest(payload.object("pull_request")) : Optional.empty());
    }

    private static Optional<PullRequest> pullRequest(PlainJson json) {
        PlainJson head = json.object("head");
        String from = head.object("repo").text("full_name");
        String into = json.object("base").object("repo").text("full_name");
        return Optional.of(new PullRequest(json.number("number"), text(head, "sha"), !from.equals(into)))
                .filter(request -> request.number() > 0);
    }

    private static Optional<String> text(PlainJson json, String name) {
        return Optional.of(json.text(name)).filter(text -> !text.isBlank());
    }
}
