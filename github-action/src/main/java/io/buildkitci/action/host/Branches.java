package io.buildkitci.action.host;

import io.buildkitci.cache.CacheScope;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which branch is built, as the CI systems say it in their environment, or git in the build context. */
public final class Branches {
    /** GitHub, GitLab, Jenkins, Bitbucket, CircleCI, Drone and Woodpecker, Buildkite, Azure Pipelines. */
    private static final List<String> OWN = List.of(
            "GITHUB_HEAD_REF",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
            "CHANGE_BRANCH",
            "GITHUB_REF_NAME",
            "CI_COMMIT_REF_NAME",
            "BRANCH_NAME",
            "BITBUCKET_BRANCH",
            "CIRCLE_BRANCH",
            "CI_COMMIT_BRANCH",
            "DRONE_BRANCH",
            "BUILDKITE_BRANCH",
            "BUILD_SOURCEBRANCHNAME");

    private static final List<String> TARGET = List.of(
            "GITHUB_BASE_REF",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
            "CHANGE_TARGET",
            "BITBUCKET_PR_DESTINATION_BRANCH",
            "BUILDKITE_PULL_REQUEST_BASE_BRANCH");

    private static final List<String> DEFAULT = List.of("CI_DEFAULT_BRANCH");

    private static final String GIT_BRANCH = "ref: refs/heads/";
    private static final String GIT_DIRECTORY = "gitdir:";

    private Branches() {}

    public static CacheScope scope(BuildRequest request, Host host) {
        return new CacheScope(
                request.naming().tags(),
                request.platforms(),
                own(request, host),
                first(TARGET, host),
                first(DEFAULT, host));
    }

    private static Optional<String> own(BuildRequest request, Host host) {
        Optional<String> said = first(OWN, host);
        return said.isPresent() ? said : git(request, host);
    }

    private static Optional<String> first(List<String> variables, Host host) {
        for (String name : variables) {
            String value = host.variable(name).orElse("");
            if (!value.isBlank()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The branch that is checked out where the context is, or, for a context elsewhere, where the step runs. */
    private static Optional<String> git(BuildRequest request, Host host) {
        HostFiles files = host.tools().files();
        Optional<Path> context = Host.path(request.source().context());
        Path folder = context.isPresent() && files.isDirectory(context.get()) ? context.get() : Path.of(".");
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Optional<String> head = head(at.resolve(".git"), files);
            if (head.isPresent()) {
                return branch(head.get().strip());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> branch(String head) {
        return head.startsWith(GIT_BRANCH) ? Optional.of(head.substring(GIT_BRANCH.length())) : Optional.empty();
    }

    /** In a further worktree and in a submodule, {@code .git} is a file that names the directory. */
    private static Optional<String> head(Path git, HostFiles files) {
        String link = files.read(git).orElse("").strip();
        Optional<Path> named = link.startsWith(GIT_DIRECTORY)
                ? Host.path(link.substring(GIT_DIRECTORY.length()).strip())
                : Optional.empty();
        Path directory = named.isPresent() ? git.resolveSibling(named.get()).normalize() : git;
        return files.read(directory.resolve("HEAD"));
    }
}
