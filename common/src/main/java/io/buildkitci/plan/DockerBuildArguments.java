package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Rendered;
import io.buildkitci.model.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The arguments of a {@code docker build} of before buildx, for what {@link DockerBuildLimits} lets through. */
final class DockerBuildArguments {
    private final List<String> arguments = new ArrayList<>(List.of("build", "--progress", "plain"));

    private DockerBuildArguments() {}

    static List<String> of(BuildRequest request, HandedSecrets secrets, RunPlace place) {
        DockerBuildArguments all = new DockerBuildArguments();
        BuildRequest.Source source = request.source();
        all.value("--file", source.file());
        all.value("--target", source.target());
        all.each("--build-arg", source.buildArgs());
        request.platforms().forEach(platform -> all.add("--platform", platform.render()));
        all.each("--tag", request.naming().tags());
        all.each("--label", request.naming().labels());
        all.caching(request.caching());
        all.texts("--secret", secrets.flags());
        all.each("--ssh", request.handed().ssh());
        all.value("--network", request.sandbox().network());
        for (Setting host : request.sandbox().addHosts()) {
            for (String address : host.value().split(",", -1)) {
                all.add("--add-host", host.name() + ":" + address);
            }
        }
        all.outputs(request.delivery().outputs(), place);
        String context = source.context();
        all.arguments.add(context.startsWith("-") ? "./" + context : context);
        return List.copyOf(all.arguments);
    }

    /** What an image carries of its own cache was asked for by an argument then. */
    private void caching(BuildRequest.Caching caching) {
        for (CacheSpec from : caching.from()) {
            add("--cache-from", from.attributes().get("ref").orElse(""));
        }
        if (!caching.to().isEmpty()) {
            add("--build-arg", "BUILDKIT_INLINE_CACHE=1");
        }
        if (caching.noCache()) {
            arguments.add("--no-cache");
        }
        if (caching.pull()) {
            arguments.add("--pull");
        }
    }

    private void outputs(List<OutputSpec> outputs, RunPlace place) {
        List<OutputSpec> files = outputs.stream()
                .filter(output -> DockerBuildLimits.FILES.contains(output.type()))
                .toList();
        each("--output", files);
        if (files.isEmpty()) {
            add("--iidfile", place.imageIdFile());
        }
    }

    private void add(String name, String value) {
        arguments.add(name);
        arguments.add(value);
    }

    private void value(String name, Optional<String> value) {
        value.ifPresent(v -> add(name, v));
    }

    private void each(String name, List<? extends Rendered> values) {
        values.forEach(value -> add(name, value.render()));
    }

    private void texts(String name, Collection<String> values) {
        values.forEach(value -> add(name, value));
    }
}
