package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a {@code docker build} of before buildx does not do, known before anything runs. */
final class DockerBuildLimits {
    /** Outputs that it writes. */
    static final Set<String> FILES = Set.of("local", "tar");

    private final String buildx;
    private final List<Planned.Obstacle> obstacles = new ArrayList<>();

    private DockerBuildLimits(HostWords words) {
        this.buildx = "get buildx, which can: "
                + (words.has("doctor")
                        ? words.call("doctor", Map.of("install", "true"))
                        : "the package docker-buildx-plugin or docker-buildx");
    }

    static List<Planned.Obstacle> obstacles(BuildRequest request, HostWords words) {
        DockerBuildLimits limits = new DockerBuildLimits(words);
        limits.source(request.source());
        if (request.platforms().size() > 1) {
            limits.refuse("platforms", "builds one platform at a time", "name one, or " + limits.buildx);
        }
        limits.given("annotations", request.naming().annotations(), "writes no annotations");
        limits.delivery(request.delivery());
        limits.caching(request.caching());
        limits.attestations(request.attestations());
        limits.sandbox(request.sandbox());
        return limits.obstacles;
    }

    private void source(BuildRequest.Source source) {
        if (source.file().filter(file -> file.matches("https?://.*")).isPresent()) {
            refuse("file", "fetches no Dockerfile from a URL", "give a path, or " + buildx);
        }
        given("build-contexts", source.buildContexts(), "knows one context only");
        if (source.call().filter(call -> !call.equals("build")).isPresent()) {
            refuse("call", "only builds", buildx);
        }
    }

    private void delivery(BuildRequest.Delivery delivery) {
        if (delivery.push()) {
            refuse("push", "pushes nothing", "run docker push for each tag after the build, or " + buildx);
        }
        for (OutputSpec output : delivery.outputs()) {
            boolean toTheEngine = output.type().equals("docker")
                    && output.attributes().get("dest").isEmpty();
            if (!toTheEngine && !FILES.contains(output.type())) {
                refuse("outputs", "writes no output of type " + output.type(), buildx);
            }
        }
        if (delivery.outputs().size() > 1) {
            refuse("outputs", "writes one output", "name one, or " + buildx);
        }
    }

    private void caching(BuildRequest.Caching caching) {
        for (CacheSpec from : caching.from()) {
            if (!from.type().equals("registry")) {
                refuse("cache-from", "reads caches that images carry only, not those of type " + from.type(), buildx);
            }
        }
        for (CacheSpec to : caching.to()) {
            if (!to.type().equals("inline")) {
                refuse("cache-to", "writes caches into the image only, not those of type " + to.type(), buildx);
            }
        }
        given("no-cache-filters", caching.noCacheFilters(), "passes over the cache for all stages or none");
    }

    private void attestations(BuildRequest.Attestations attestations) {
        if (attestations.provenance().filter(p -> !p.equals("false")).isPresent()) {
            refuse("provenance", "attests nothing", buildx);
        }
        if (attestations.sbom().filter(s -> !s.equals("false")).isPresent()) {
            refuse("sbom", "attests nothing", buildx);
        }
        given("attests", attestations.attests(), "attests nothing");
    }

    private void sandbox(BuildRequest.Sandbox sandbox) {
        given("allow", sandbox.allow(), "grants no entitlements");
        given("ulimits", sandbox.ulimits(), "passes them over with BuildKit");
        if (sandbox.shmSize().isPresent()) {
            refuse("shm-size", "passes it over with BuildKit", buildx);
        }
        if (sandbox.cgroupParent().isPresent()) {
            refuse("cgroup-parent", "passes it over with BuildKit", buildx);
        }
    }

    private void given(String input, Collection<?> values, String why) {
        if (!values.isEmpty()) {
            refuse(input, why, buildx);
        }
    }

    private void refuse(String input, String why, String remedy) {
        obstacles.add(
                new Planned.Obstacle(input, "there is no buildx here, and docker build without it " + why, remedy));
    }
}
