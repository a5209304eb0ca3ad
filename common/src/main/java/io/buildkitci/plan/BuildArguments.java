package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Rendered;
import io.buildkitci.model.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
        all.texts("--secret", secrets.flags());
        all.each("--ssh", request.handed().ssh());
        all.attestations(request.attestations());
        all.sandbox(request.sandbox());
        all.records(request.delivery(), place);
        all.arguments.add(context(request.source().context()));
        return List.copyOf(all.arguments);
    }

    private void source(BuildRequest.Source source) {
        value("--file", source.file());
        value("--target", source.target());
        if (source.call().isPresent()) {
            add("--call", withAnswer(source.call().get()));
        }
        each("--build-arg", source.buildArgs());
        each("--build-context", source.buildContexts());
    }

    /** What a check finds is read from its answer; other answers are for people. */
    private static String withAnswer(String call) {
        return call.equals("check") || call.equals("lint") ? call + ",format=json" : call;
    }

    private void platforms(List<Platform> platforms) {
        if (!platforms.isEmpty()) {
            List<String> rendered = new ArrayList<>();
            for (Platform platform : platforms) {
                rendered.add(platform.render());
            }
            add("--platform", String.join(",", rendered));
        }
    }

    private void naming(BuildRequest.Naming naming) {
        each("--tag", naming.tags());
        each("--label", naming.labels());
        each("--annotation", naming.annotations());
    }

    private void delivery(BuildRequest.Delivery delivery) {
        flag("--push", delivery.push());
        flag("--load", delivery.load());
        each("--output", delivery.outputs());
    }

    private void caching(BuildRequest.Caching caching, List<CacheSpec> exports) {
        each("--cache-from", caching.from());
        each("--cache-to", exports);
        flag("--no-cache", caching.noCache());
        texts("--no-cache-filter", caching.noCacheFilters());
        flag("--pull", caching.pull());
    }

    private void attestations(BuildRequest.Attestations attestations) {
        attached("--provenance", attestations.provenance());
        attached("--sbom", attestations.sbom());
        each("--attest", attestations.attests());
    }

    private void sandbox(BuildRequest.Sandbox sandbox) {
        texts("--allow", sandbox.allow());
        value("--network", sandbox.network());
        for (Setting host : sandbox.addHosts()) {
            host(host);
        }
        texts("--ulimit", sandbox.ulimits());
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
        if (!hasFiles(delivery.outputs())) {
            add("--iidfile", place.imageIdFile());
        }
    }

    /** buildx refuses to write an image id beside outputs that are files. */
    private static boolean hasFiles(List<OutputSpec> outputs) {
        for (OutputSpec output : outputs) {
            if (output.type().equals("local") || output.type().equals("tar")) {
                return true;
            }
        }
        return false;
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
        if (value.isPresent()) {
            add(name, value.get());
        }
    }

    private void attached(String name, Optional<String> value) {
        if (value.isPresent()) {
            arguments.add(name + "=" + value.get());
        }
    }

    private void flag(String name, boolean on) {
        if (on) {
            arguments.add(name);
        }
    }

    private void each(String name, List<? extends Rendered> values) {
        for (Rendered value : values) {
            add(name, value.render());
        }
    }

    private void texts(String name, Collection<String> values) {
        for (String value : values) {
            add(name, value);
        }
    }
}
