package io.buildkitci.plan;

import io.buildkitci.model.AttestSpec;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Source;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import io.buildkitci.plan.Capabilities.LocalSources;
import io.buildkitci.plan.Capabilities.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the Dockerfile frontend is told, and the local sources that it may ask for.
 *
 * @param name of the frontend
 * @param locals name to directory
 * @param layouts name to directory of an OCI layout
 */
record FrontendOptions(
        String name, Map<String, String> options, Map<String, String> locals, Map<String, String> layouts) {
    private static final String DOCKERFILE = "dockerfile.v0";
    private static final String OCI_LAYOUT = "oci-layout://";
    private static final Pattern GIT_BY_SSH = Pattern.compile("(?:git@|ssh://|[\\w.-]+@[\\w.-]+:).*");

    /** What buildx attests when nothing is said of it. */
    private static final String DEFAULT_PROVENANCE = "mode=min,inline-only=true";

    static FrontendOptions of(BuildRequest request, LocalSources sources) {
        FrontendOptions all = new FrontendOptions(
                frontend(request), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        all.source(request.source(), sources);
        all.contexts(request.source().buildContexts(), sources);
        all.platforms(request.platforms());
        all.arguments(request.source().buildArgs());
        request.naming().labels().forEach(label -> all.options.put("label:" + label.name(), label.value()));
        all.attestations(request.attestations());
        all.caching(request.caching());
        all.sandbox(request.sandbox());
        sources.repository().ifPresent(all::repository);
        return all;
    }

    private static String frontend(BuildRequest request) {
        return argument(request.source().buildArgs(), "BUILDKIT_SYNTAX").isPresent() ? "gateway.v0" : DOCKERFILE;
    }

    private static Optional<String> argument(List<Setting> arguments, String name) {
        return arguments.stream()
                .filter(argument -> argument.name().equals(name))
                .map(Setting::value)
                .findFirst();
    }

    static boolean isGitBySsh(String context) {
        return GIT_BY_SSH.matcher(context).matches();
    }

    /** A context from elsewhere brings its Dockerfile, unless a local one is named by its full path. */
    private void source(Source source, LocalSources sources) {
        LocalDockerfile dockerfile = LocalDockerfile.of(source);
        if (sources.directories().contains(source.context())) {
            locals.put("context", source.context());
            locals.put("dockerfile", dockerfile.directory());
            options.put("filename", dockerfile.name());
        } else {
            options.put("context", source.context());
            boolean local = source.file().filter(f -> f.startsWith("/")).isPresent();
            if (local) {
                locals.put("dockerfile", dockerfile.directory());
                options.put("dockerfilekey", "dockerfile");
            }
            options.put("filename", local ? dockerfile.name() : source.file().orElse(LocalDockerfile.USUAL));
        }
        source.target().ifPresent(target -> options.put("target", target));
        source.call().filter(call -> !call.equals("build")).ifPresent(call -> {
            options.put("requestid", "frontend." + call);
            options.put("frontend.caps", "moby.buildkit.frontend.subrequests+forward");
        });
    }

    private void contexts(List<Setting> contexts, LocalSources sources) {
        if (contexts.isEmpty()) {
            return;
        }
        String caps = "moby.buildkit.frontend.contexts+forward";
        options.merge("frontend.caps", caps, (others, more) -> more + "," + others);
        for (Setting context : contexts) {
            options.put("context:" + context.name(), context(context, sources));
        }
    }

    private String context(Setting context, LocalSources sources) {
        if (sources.directories().contains(context.value())) {
            boolean taken = context.name().equals("context") || context.name().equals("dockerfile");
            String local = taken ? "_" + context.name() : context.name();
            locals.put(local, context.value());
            return "local:" + local;
        }
        if (context.value().startsWith(OCI_LAYOUT)) {
            String layout = context.value().substring(OCI_LAYOUT.length());
            int digest = layout.indexOf('@');
            int end = layout.lastIndexOf(':', digest);
            String store = "layout" + layouts.size();
            layouts.put(store, layout.substring(0, end > layout.lastIndexOf('/', digest) ? end : digest));
            return OCI_LAYOUT + store + layout.substring(digest);
        }
        return context.value();
    }

    private void platforms(List<Platform> platforms) {
        if (!platforms.isEmpty()) {
            List<String> rendered = new ArrayList<>();
            for (Platform platform : platforms) {
                rendered.add(platform.render());
            }
            options.put("platform", String.join(",", rendered));
        }
    }

    /** Some arguments are for the client, not only for the Dockerfile. */
    private void arguments(List<Setting> arguments) {
        argument(arguments, "BUILDKIT_SYNTAX").ifPresent(syntax -> {
            options.put("source", syntax.strip().split(" ", 2)[0]);
            options.put("cmdline", syntax);
        });
        argument(arguments, "BUILDKIT_MULTI_PLATFORM")
                .filter(on -> on.equals("1") || on.equalsIgnoreCase("true"))
                .ifPresent(on -> options.put("multi-platform", "true"));
        for (Setting argument : arguments) {
            options.put("build-arg:" + argument.name(), argument.value());
        }
    }

    private void attestations(BuildRequest.Attestations asked) {
        Map<String, String> attests = new LinkedHashMap<>();
        attests.put("provenance", DEFAULT_PROVENANCE);
        asked.provenance().ifPresent(given -> attest(attests, "provenance", given));
        asked.sbom().ifPresent(given -> attest(attests, "sbom", given));
        for (AttestSpec attest : asked.attests()) {
            boolean off = attest.attributes().get("disabled").equals(Optional.of("true"));
            String attributes = attest.attributes().without("disabled").render();
            attest(attests, attest.type(), off ? "false" : attributes.isEmpty() ? "true" : attributes);
        }
        attests.forEach((type, attributes) -> options.put("attest:" + type, attributes));
    }

    private static void attest(Map<String, String> attests, String type, String given) {
        if (given.equals("false")) {
            attests.remove(type);
        } else {
            attests.put(type, "type=" + type + (given.equals("true") ? "" : "," + given));
        }
    }

    private void caching(BuildRequest.Caching caching) {
        if (caching.pull()) {
            options.put("image-resolve-mode", "pull");
        }
        if (!caching.noCacheFilters().isEmpty()) {
            options.put("no-cache", String.join(",", caching.noCacheFilters()));
        }
    }

    private void sandbox(BuildRequest.Sandbox sandbox) {
        sandbox.network()
                .filter(network -> !network.equals("default"))
                .ifPresent(network -> options.put("force-network-mode", network));
        List<String> hosts = new ArrayList<>();
        for (Setting host : sandbox.addHosts()) {
            for (String address : host.value().split(",", -1)) {
                hosts.add(host.name() + "=" + address.replaceAll("[\\[\\]]", ""));
            }
        }
        if (!hosts.isEmpty()) {
            options.put("add-hosts", String.join(",", hosts));
        }
        if (!sandbox.ulimits().isEmpty()) {
            options.put(
                    "ulimit",
                    String.join(
                            ",",
                            sandbox.ulimits().stream()
                                    .map(FrontendOptions::both)
                                    .toList()));
        }
        sandbox.shmSize().ifPresent(size -> options.put("shm-size", Long.toString(ByteSize.of(size))));
        sandbox.cgroupParent().ifPresent(parent -> options.put("cgroup-parent", parent));
    }

    /** With the hard limit, which is the soft one where only that is given. */
    private static String both(String limit) {
        return limit.indexOf(':') >= 0 ? limit : limit + ":" + limit.substring(limit.indexOf('=') + 1);
    }

    private void repository(Repository repository) {
        repository.revision().ifPresent(revision -> options.put("vcs:revision", revision));
        repository.remote().ifPresent(remote -> options.put("vcs:source", remote));
        for (Map.Entry<String, String> local : locals.entrySet()) {
            String path = repository.paths().get(local.getValue());
            if (path != null) {
                options.put("vcs:localdir:" + local.getKey(), path);
            }
        }
    }
}
