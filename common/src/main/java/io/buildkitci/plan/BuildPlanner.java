package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the plan of a build from the request and what there is to build with. */
public final class BuildPlanner {
    private BuildPlanner() {}

    /**
     * The plan, or everything that stands in its way.
     *
     * @param words for remedies and notes
     */
    public static Planned plan(BuildRequest asked, Capabilities capabilities, RunPlace place, HostWords words) {
        CacheKeys keys = capabilities.client() instanceof Capabilities.Buildx
                ? CacheKeys.of(asked.caching())
                : CacheKeys.untouched(asked.caching());
        BuildRequest request = asked.withCaching(keys.caching());
        List<Planned.Obstacle> obstacles = Limits.of(capabilities, words).obstacles(request);
        if (!obstacles.isEmpty()) {
            return new Planned.Refused(obstacles);
        }
        boolean builds = request.source().call().orElse("build").startsWith("build");
        LocalCaches caches = builds
                ? LocalCaches.of(request.caching(), place)
                : new LocalCaches(request.caching().to(), List.of());
        StagedOutputs outputs = StagedOutputs.of(request.delivery(), place);
        BuildRequest exact = request.withDelivery(request.delivery().with(outputs.outputs()));
        HandedSecrets secrets = HandedSecrets.of(request.handed().secrets(), place);

        List<String> argv = new ArrayList<>(capabilities.client().command());
        Map<String, String> environment = new TreeMap<>(secrets.environment());
        environment.putAll(keys.variables());
        request.caching().service().ifPresent(service -> environment.putAll(service.variables()));
        if (capabilities.client() instanceof Capabilities.Buildctl buildctl) {
            argv.addAll(BuildctlArguments.of(exact, caches.exports(), secrets, buildctl, place));
        } else if (capabilities.client() instanceof Capabilities.DockerBuild) {
            argv.addAll(DockerBuildArguments.of(exact, secrets, place));
            environment.put("DOCKER_BUILDKIT", "1");
        } else {
            argv.add("build");
            argv.addAll(BuildArguments.of(exact, caches.exports(), secrets, place));
            environment.put("BUILDX_METADATA_WARNINGS", "true");
        }

        List<String> notes = new ArrayList<>(Notes.of(request, capabilities, words));
        notes.addAll(keys.notes());
        notes.addAll(KeptKeys.notes(asked.caching(), capabilities.builder().name(), words));
        notes.addAll(KeptProxies.notes(request, capabilities, words));
        return new Planned.Ready(
                new BuildPlan(argv, environment, secrets.files(), caches.swaps(), outputs.staged(), notes));
    }
}
