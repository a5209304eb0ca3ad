package io.buildkitci.action.host;

import io.buildkitci.cache.CacheScope;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
                first(OWN, host).or(() -> git(request, host)),
                first(TARGET, host),
                first(DEFAULT, host));
    }

    private static Optional<String> first(List<String> variables, Host host) {
        return variables.stream()
                .flatMap(name -> host.variable(name).stream())
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** The branch that is checked out where the context is, or, for a context elsewhere, where the step runs. */
    private static Optional<String> git(BuildRequest request, Host host) {
        HostFiles files = host.tools().files();
        Path context =
                Host.path(request.source().context()).filter(files::isDirectory).orElse(Path.of("."));
        return Stream.iterate(context.toAbsolutePath().normalize(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(".git"))
                .flatMap(git -> head(git, files).stream())
                .findFirst()
                .map(String::strip)
                .filter(head -> head.startsWith(GIT_BRANCH))
                .map(head -> head.substring(GIT_BRANCH.length()));
    }

    /** In a further worktree and in a submodule, {@code .git} is a file that names the directory. */
    private static Optional<String> head(Path git, HostFiles files) {
        Path directory = files.read(git)
                .map(String::strip)
                .filter(text -> text.startsWith(GIT_DIRECTORY))
                .flatMap(
                        text -> Host.path(text.substring(GIT_DIRECTORY.length()).strip()))
                .map(named -> git.resolveSibling(named).normalize())
                .orElse(git);
        return files.read(directory.resolve("HEAD"));
    }
}
