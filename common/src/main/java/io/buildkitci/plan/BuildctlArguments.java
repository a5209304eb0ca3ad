package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of {@code buildctl build} for the same result that {@code buildx build} gives: what buildx tells the
 * Dockerfile frontend and the exporters by itself is told here (its {@code build/opt.go}).
 */
final class BuildctlArguments {
    private final List<String> arguments = new ArrayList<>();

    private BuildctlArguments() {}

    static List<String> of(
            BuildRequest request,
            List<CacheSpec> cacheExports,
            HandedSecrets secrets,
            Capabilities.Buildctl client,
            RunPlace place) {
        BuildctlArguments all = new BuildctlArguments();
        all.arguments.addAll(client.daemon().flags());
        all.arguments.add("build");
        FrontendOptions frontend = FrontendOptions.of(request, client.sources());
        all.add("--frontend", frontend.name());
        all.named("--local", frontend.locals());
        all.named("--oci-layout", frontend.layouts());
        all.named("--opt", frontend.options());
        for (OutputSpec output : Exports.of(request)) {
            all.add("--output", output.render());
        }
        all.each("--import-cache", request.caching().from());
        all.each("--export-cache", cacheExports);
        if (request.caching().noCache()) {
            all.arguments.add("--no-cache");
        }
        for (String secret : secrets.flags()) {
            all.add("--secret", secret);
        }
        all.each("--ssh", request.handed().ssh());
        all.ssh(request, client.sources());
        all.entitlements(request.sandbox());
        all.add("--progress", "rawjson");
        all.add("--metadata-file", place.metadataFile());
        return List.copyOf(all.arguments);
    }

    /** As buildx does, the caller's agent is handed on where the context itself comes by SSH. */
    private void ssh(BuildRequest request, Capabilities.LocalSources sources) {
        String context = request.source().context();
        boolean bySsh = !sources.directories().contains(context) && FrontendOptions.isGitBySsh(context);
        if (bySsh && request.handed().ssh().isEmpty()) {
            add("--ssh", "default");
        }
    }

    /** A network of the host's is an entitlement too; that of deleting local files is buildx's own. */
    private void entitlements(BuildRequest.Sandbox sandbox) {
        List<String> allowed = new ArrayList<>(sandbox.allow());
        if (sandbox.network().equals(Optional.of("host")) && !allowed.contains("network.host")) {
            allowed.add("network.host");
        }
        for (String entitlement : allowed) {
            add("--allow", entitlement);
        }
    }

    private void add(String name, String value) {
        arguments.add(name);
        arguments.add(value);
    }

    private void named(String name, Map<String, String> values) {
        for (Map.Entry<String, String> value : values.entrySet()) {
            add(name, value.getKey() + "=" + value.getValue());
        }
    }

    private void each(String name, List<? extends Rendered> values) {
        for (Rendered value : values) {
            add(name, value.render());
        }
    }
}
