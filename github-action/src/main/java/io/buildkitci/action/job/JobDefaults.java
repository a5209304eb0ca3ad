package io.buildkitci.action.job;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Handed;
import io.buildkitci.model.Secret;
import io.buildkitci.model.SecretSpec;
import io.buildkitci.model.Setting;
import io.buildkitci.plan.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a build in a workflow job gets unasked: provenance that names the run, and a token to fetch its own commit. */
public final class JobDefaults {
    private JobDefaults() {}

    /** A request with the job's part in it. */
    public record Completed(BuildRequest request, List<String> notes) {
        public Completed {
            notes = List.copyOf(notes);
        }
    }

    /** What a person asked for is never replaced; a builder that is not known well is taken to be able. */
    public static Completed complete(BuildRequest request, Given given, Job job, Capabilities capabilities) {
        Provenance provenance = new Provenance(request, job, capabilities);
        Handed handed = handed(request, given, job);
        BuildRequest completed = new BuildRequest(
                request.source(),
                request.platforms(),
                request.naming(),
                request.delivery(),
                request.caching(),
                handed,
                provenance.attestations(),
                request.sandbox(),
                request.means(),
                request.patience());
        return new Completed(completed, provenance.notes());
    }

    /**
     * BuildKit asks for {@code GIT_AUTH_HEADER.<host>}, {@code GIT_AUTH_TOKEN.<host>} and the same without the host, in
     * this order, with the host as it stands in the URL (its {@code source/git}). docker/build-push-action 7.3 hands
     * the second one when the context is the default one, and looks for {@code GIT_AUTH_TOKEN} in {@code secrets} only;
     * here one that is given in another way, or for a further context, counts too.
     */
    private static Handed handed(BuildRequest request, Given given, Job job) {
        String host = job.site().host();
        Set<String> names =
                Set.of("GIT_AUTH_HEADER." + host, "GIT_AUTH_TOKEN." + host, "GIT_AUTH_HEADER", "GIT_AUTH_TOKEN");
        List<SecretSpec> secrets = request.handed().secrets();
        Optional<Secret> token = given.githubToken()
                .filter(any -> fetchesTheCommit(request, job))
                .filter(any -> secrets.stream().map(SecretSpec::id).noneMatch(names::contains));
        if (token.isEmpty()) {
            return request.handed();
        }
        List<SecretSpec> all = new ArrayList<>(secrets);
        all.add(new SecretSpec("GIT_AUTH_TOKEN." + host, new SecretSpec.Value(token.get())));
        return new Handed(all, request.handed().ssh());
    }

    private static boolean fetchesTheCommit(BuildRequest request, Job job) {
        Optional<GitContext> git = GitContext.of(job, Optional.empty());
        Stream<String> contexts = Stream.concat(
                Stream.of(request.source().context()),
                request.source().buildContexts().stream().map(Setting::value));
        return contexts.anyMatch(context -> git.filter(g -> g.holds(context)).isPresent());
    }
}
