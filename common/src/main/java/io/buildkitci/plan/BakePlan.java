package io.buildkitci.plan;

import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.Rendered;
import io.buildkitci.model.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The command lines of {@code buildx bake}. Variables of the definition travel in the environment, by their own names,
 * where bake files and compose files look for them, and never on a command line.
 *
 * @param settings by target, {@code <key>=<value>}: what holds where the person did not say otherwise
 * @param targets by name, with the caches that are bound to them
 */
public record BakePlan(
        BakeRequest request,
        List<String> buildx,
        Map<String, List<String>> settings,
        Map<String, BuildRequest> targets) {
    /** Names that mean something to buildx, to Docker or to the system: as a variable of bake they go another way. */
    private static final Pattern TAKEN = Pattern.compile(
            "PATH|HOME|USER|SHELL|TMPDIR|LANG|LC_.*|LD_.*|DYLD_.*|GO\\w+|SSL_.*|SSH_.*|XDG_.*|DOCKER_.*|BUILDX_.*"
                    + "|BUILDKIT_.*|COMPOSE_.*|GIT_.*|ACTIONS_.*|OTEL_.*|AWS_.*|AZURE_.*|.*_PROXY",
            Pattern.CASE_INSENSITIVE);

    public BakePlan {
        buildx = List.copyOf(buildx);
        settings = Map.copyOf(settings);
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    }

    /**
     * What is run in one place. Paths are the client's, which runs where the definition is.
     *
     * @param swaps directories to exchange after success
     * @param staged by target: outputs to put in their places when it is done
     */
    public record Exact(
            List<String> argv, List<BuildPlan.DirectorySwap> swaps, Map<String, List<BuildPlan.Staged>> staged) {
        public Exact {
            argv = List.copyOf(argv);
            swaps = List.copyOf(swaps);
            staged = Collections.unmodifiableMap(new LinkedHashMap<>(staged));
        }
    }

    /** Before anything is known of the targets. */
    public static BakePlan of(BakeRequest request, List<String> buildx) {
        return new BakePlan(request, buildx, Map.of(), Map.of());
    }

    public BakePlan with(Map<String, List<String>> more, Map<String, BuildRequest> bound) {
        return new BakePlan(request, buildx, more, bound);
    }

    /** The same with other targets. */
    public BakePlan with(Map<String, BuildRequest> bound) {
        return new BakePlan(request, buildx, settings, bound);
    }

    /** The target with what is asked for of all: patience, and a cache where it has none of its own. */
    public BuildRequest completed(BuildRequest target) {
        BuildRequest patient = target.withPatience(request.patience());
        BuildRequest.Caching own = target.caching();
        boolean none = own.from().isEmpty() && own.to().isEmpty();
        return none && request.builds()
                ? request.cache()
                        .map(cache -> patient.withCaching(own.of(cache.shorthand(), cache.token())))
                        .orElse(patient)
                : patient;
    }

    /** Shows the definition with all that is asked for in it. */
    public List<String> printing() {
        List<String> argv = start(request.changes().set());
        argv.add("--print");
        argv.addAll(request.what().targets());
        return argv;
    }

    /** Lists the variables that the definition has, as JSON. */
    public List<String> listingVariables() {
        List<String> argv = beginning();
        argv.addAll(List.of("--list", "type=variables,format=json"));
        return argv;
    }

    /** Builds. */
    public Exact exact(RunPlace place) {
        List<String> overrides = new ArrayList<>();
        List<BuildPlan.DirectorySwap> swaps = new ArrayList<>();
        targets.forEach((name, target) -> {
            settings.getOrDefault(name, List.of()).forEach(setting -> overrides.add(name + "." + setting));
            if (target.caching().shorthand().isPresent()) {
                LocalCaches caches = LocalCaches.of(target.caching(), place);
                swaps.addAll(caches.swaps());
                overrides.addAll(each(name + ".cache-from=", target.caching().from()));
                overrides.addAll(each(name + ".cache-to=", caches.exports()));
            }
        });
        List<String> set = request.changes().set();
        StagedTargets outputs =
                request.builds() ? StagedTargets.of(targets, set, place) : new StagedTargets(Map.of(), set);
        overrides.addAll(outputs.overrides());
        List<String> argv = start(overrides);
        argv.addAll(List.of("--progress", "rawjson", "--metadata-file", place.metadataFile()));
        argv.addAll(request.what().targets());
        return new Exact(argv, swaps, outputs.staged());
    }

    private static List<String> each(String start, List<CacheSpec> specs) {
        return specs.stream().map(Rendered::render).map(spec -> start + spec).toList();
    }

    private List<String> beginning() {
        List<String> argv = new ArrayList<>(buildx);
        argv.add("bake");
        request.what().source().ifPresent(argv::add);
        request.builder().ifPresent(name -> argv.addAll(List.of("--builder", name)));
        request.what().files().forEach(file -> argv.addAll(List.of("--file", file)));
        return argv;
    }

    /** @param overrides of two for the same key, the later one wins */
    private List<String> start(List<String> overrides) {
        BakeRequest.Changes changes = request.changes();
        List<String> argv = beginning();
        changes.allow().forEach(allowed -> argv.addAll(List.of("--allow", allowed)));
        changes.call().ifPresent(call -> argv.addAll(List.of("--call", call)));
        overrides.forEach(override -> argv.addAll(List.of("--set", override)));
        for (Setting variable : request.what().variables()) {
            if (isTaken(variable)) {
                argv.addAll(List.of("--var", variable.render()));
            }
        }
        changes.provenance().ifPresent(value -> argv.add("--provenance=" + value));
        changes.sbom().ifPresent(value -> argv.add("--sbom=" + value));
        flag("--no-cache", changes.noCache(), argv);
        flag("--pull", changes.pull(), argv);
        flag("--load", changes.load(), argv);
        flag("--push", changes.push(), argv);
        return argv;
    }

    private static void flag(String name, boolean on, List<String> argv) {
        if (on) {
            argv.add(name);
        }
    }

    /** Variables for the client; values can be secrets. */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (Setting variable : request.what().variables()) {
            if (!isTaken(variable)) {
                environment.put(variable.name(), variable.value());
            }
        }
        request.what().token().ifPresent(token -> environment.put("BUILDX_BAKE_GIT_AUTH_TOKEN", token.reveal()));
        for (BuildRequest target : targets.values()) {
            target.caching().service().ifPresent(service -> environment.putAll(service.variables()));
        }
        environment.put("BUILDX_METADATA_WARNINGS", "true");
        return environment;
    }

    private static boolean isTaken(Setting variable) {
        return TAKEN.matcher(variable.name()).matches();
    }

    /** For {@code --plan}: argv and names of variables; never a value of them, nor a credential. */
    public Map<String, List<String>> describe() {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parts.put("argv", Credentials.hiddenIn(exact(RunPlace.SHOWN).argv()));
        parts.put("env", List.copyOf(environment().keySet()));
        parts.put("targets", List.copyOf(targets.keySet()));
        return parts;
    }

    @Override
    public String toString() {
        return "BakePlan" + describe();
    }
}
