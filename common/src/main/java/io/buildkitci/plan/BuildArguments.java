package io.buildkitci.plan;

import io.buildkitci.model.AttestSpec;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import io.buildkitci.model.SshSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The arguments of {@code buildx build}. */
final class BuildArguments {
    private final List<String> arguments = new ArrayList<>();

    private BuildArguments() {}

    static List<String> of(BuildRequest request, List<CacheSpec> cacheExports, HandedSecrets secrets, RunPlace place) {
        BuildArguments all = new BuildArguments();
        all.value("--builder", request.builder());
        all.source(request.source());
        all.platforms(request.platforms());
        all.naming(request.naming());
        all.delivery(request.delivery());
        all.caching(request.caching(), cacheExports);
        all.each("--secret", secrets.flags(), Function.identity());
        all.each("--ssh", request.handed().ssh(), SshSpec::render);
        all.attestations(request.attestations());
        all.sandbox(request.sandbox());
        all.records(request.delivery(), place);
        all.arguments.add(context(request.source().context()));
        return List.copyOf(all.arguments);
    }

    private void source(BuildRequest.Source source) {
        value("--file", source.file());
        value("--target", source.target());
        value("--call", source.call().map(BuildArguments::withAnswer));
        each("--build-arg", source.buildArgs(), Setting::render);
        each("--build-context", source.buildContexts(), Setting::render);
    }

    /** What a check finds is read from its answer; other answers are for people. */
    private static String withAnswer(String call) {
        return call.equals("check") || call.equals("lint") ? call + ",format=json" : call;
    }

    private void platforms(List<Platform> platforms) {
        if (!platforms.isEmpty()) {
            add("--platform", platforms.stream().map(Platform::render).collect(Collectors.joining(",")));
        }
    }

    private void naming(BuildRequest.Naming naming) {
        each("--tag", naming.tags(), ImageRef::render);
        each("--label", naming.labels(), Setting::render);
        each("--annotation", naming.annotations(), Setting::render);
    }

    private void delivery(BuildRequest.Delivery delivery) {
        flag("--push", delivery.push());
        flag("--load", delivery.load());
        each("--output", delivery.outputs(), OutputSpec::render);
    }

    private void caching(BuildRequest.Caching caching, List<CacheSpec> exports) {
        each("--cache-from", caching.from(), CacheSpec::render);
        each("--cache-to", exports, CacheSpec::render);
        flag("--no-cache", caching.noCache());
        each("--no-cache-filter", caching.noCacheFilters(), Function.identity());
        flag("--pull", caching.pull());
    }

    private void attestations(BuildRequest.Attestations attestations) {
        attestations.provenance().ifPresent(v -> arguments.add("--provenance=" + v));
        attestations.sbom().ifPresent(v -> arguments.add("--sbom=" + v));
        each("--attest", attestations.attests(), AttestSpec::render);
    }

    private void sandbox(BuildRequest.Sandbox sandbox) {
        each("--allow", sandbox.allow(), Function.identity());
        value("--network", sandbox.network());
        sandbox.addHosts().forEach(this::host);
        each("--ulimit", sandbox.ulimits(), Function.identity());
        value("--shm-size", sandbox.shmSize());
        value("--cgroup-parent", sandbox.cgroupParent());
    }

    /** buildx splits this flag at commas, so each address of a host gets one of its own. */
    private void host(Setting host) {
        for (String address : host.value().split(",", -1)) {
            add("--add-host", host.name() + ":" + address);
        }
    }

    private void records(BuildRequest.Delivery delivery, RunPlace place) {
        add("--progress", "rawjson");
        add("--metadata-file", place.metadataFile());
        if (delivery.outputs().stream().noneMatch(BuildArguments::hasNoImageId)) {
            add("--iidfile", place.imageIdFile());
        }
    }

    /** buildx refuses to write an image id beside outputs that are files. */
    private static boolean hasNoImageId(OutputSpec output) {
        return output.type().equals("local") || output.type().equals("tar");
    }

    /** A directory whose name would be taken for a flag. */
    private static String context(String given) {
        return given.startsWith("-") ? "./" + given : given;
    }

    private void add(String name, String value) {
        arguments.add(name);
        arguments.add(value);
    }

    private void value(String name, Optional<String> value) {
        value.ifPresent(v -> add(name, v));
    }

    private void flag(String name, boolean on) {
        if (on) {
            arguments.add(name);
        }
    }

    private <T> void each(String name, Collection<T> values, Function<T, String> render) {
        values.forEach(v -> add(name, render.apply(v)));
    }
}
