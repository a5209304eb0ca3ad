package io.buildkitci.action.job;

import io.buildkitci.model.AttestSpec;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Attestations;
import io.buildkitci.model.Secret;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What targets of a bake definition get unasked in a workflow job, as docker/bake-action 7 gives it. */
public record BakeDefaults(Job job, Given given) {
    /** Provenance that is asked for of every target names the run. */
    public BakeRequest named(BakeRequest request) {
        Optional<String> asked = request.changes().provenance();
        Optional<String> run = job.runUrl();
        return asked.isPresent() && run.isPresent()
                ? request.withProvenance(Provenance.named(asked.get(), run.get()))
                : request;
    }

    /** What holds for a target where the definition and the inputs say nothing of its attestations. */
    public List<String> settings(BakeRequest request, BuildRequest target, Capabilities capabilities) {
        Attestations completed =
                JobDefaults.complete(target, given, job, capabilities).request().attestations();
        if (request.changes().provenance().isPresent() || completed.equals(target.attestations())) {
            return List.of();
        }
        List<String> settings = new ArrayList<>();
        completed.provenance().ifPresent(text -> settings.add("attest=type=provenance," + text));
        for (AttestSpec attest : completed.attests()) {
            settings.add("attest=" + attest.render());
        }
        return settings;
    }

    /** The peer lets definitions read whatever the runner may; buildx asks for leave since 0.18. */
    public List<String> allowed(Capabilities capabilities) {
        Optional<Version> version = capabilities.client().version();
        return version.isEmpty() || version.get().atLeast(0, 18) ? List.of("fs=*") : List.of();
    }

    /** The token is for the workflow's own commit alone. */
    public BakeRequest withToken(BakeRequest request) {
        Optional<Secret> token = given.githubToken()
                .filter(any -> request.what().source().filter(this::isTheCommit).isPresent());
        return token.map(request::with).orElse(request);
    }

    private boolean isTheCommit(String source) {
        return GitContext.of(job, Optional.empty())
                .filter(git -> git.holds(source))
                .isPresent();
    }
}
