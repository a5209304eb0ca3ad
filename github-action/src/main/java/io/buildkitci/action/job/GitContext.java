package io.buildkitci.action.job;

import io.buildkitci.model.Version;
import java.util.Optional;

/**
 * The job's commit as a build context that BuildKit fetches itself, as docker/actions-toolkit 0.95
 * ({@code Build.gitContext}) names it.
 *
 * @param repository the URL to fetch from
 * @param commit what to fetch: a commit, or a ref where no commit is known
 * @param query whether it is written as {@code ?ref=…} rather than {@code #…}
 */
record GitContext(String repository, String commit, boolean query) {
    private static final String PULL = "refs/pull/";

    /** Empty when the job names no repository or nothing in it. */
    static Optional<GitContext> of(Job job, Optional<Version> buildx) {
        boolean query = asksForQuery(job)
                && buildx.filter(version -> version.atLeast(0, 29)).isPresent();
        return job.site()
                .repositoryUrl()
                .flatMap(url -> commit(job).map(commit -> new GitContext(url + ".git", commit, query)));
    }

    /** Whether its form depends on the client's version: buildx reads queries since 0.29. */
    static boolean asksForQuery(Job job) {
        return job.switches().gitQuery();
    }

    /** The commit of the event: for a pull request the one that merges it, unless its own is asked for. */
    private static Optional<String> commit(Job job) {
        Optional<String> ref = job.commit()
                .ref()
                .map(name -> name.startsWith("refs/") ? name : "refs/heads/" + name)
                .map(name -> job.switches().pullRequestHead() ? ofHead(name) : name);
        Optional<String> head = ref.filter(name -> name.startsWith(PULL) && name.endsWith("/head"));
        return head.isPresent()
                ? job.event().pullRequest().flatMap(Event.PullRequest::head).or(() -> head)
                : job.commit().sha().or(() -> ref);
    }

    private static String ofHead(String ref) {
        return ref.startsWith(PULL) ? ref.replaceFirst("/merge$", "/head") : ref;
    }

    /** As {@code docker buildx build} takes it. */
    String render() {
        return render("");
    }

    /** @param directory below the repository's root; empty means the root */
    String render(String directory) {
        boolean root = directory.isEmpty() || directory.equals(".");
        if (query) {
            return repository + "?ref=" + commit + (root ? "" : "&subdir=" + directory);
        }
        return repository + "#" + commit + (root ? "" : ":" + directory);
    }

    /** Whether a context is this commit, or a directory of it, in either form. */
    boolean holds(String context) {
        return context.startsWith(repository + "#" + commit) || context.startsWith(repository + "?ref=" + commit);
    }
}
