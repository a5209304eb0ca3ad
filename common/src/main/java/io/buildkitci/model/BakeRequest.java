package io.buildkitci.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Targets of a bake definition to build, as asked for.
 *
 * @param builder empty means the current one
 * @param what which targets of which definition
 * @param changes what holds for them instead of what the definition says
 * @param cache for every target that names no cache itself
 * @param patience with all of them together
 */
public record BakeRequest(
        Optional<String> builder, Definition what, Changes changes, Optional<Cache> cache, Patience patience) {
    /**
     * A cache for targets.
     *
     * @param token for the service that it names
     */
    public record Cache(CacheShorthand shorthand, Optional<Secret> token) {}

    /**
     * Targets of a definition.
     *
     * @param source address of the definition's repository; empty means that it is here
     * @param directory where it is here; empty means the current one
     * @param files empty means those that buildx looks for
     * @param targets targets and groups; empty means the group {@code default}
     * @param variables of the definition; values can be secrets
     * @param token for the repository
     */
    public record Definition(
            Optional<String> source,
            Optional<String> directory,
            List<String> files,
            List<String> targets,
            List<Setting> variables,
            Optional<Secret> token) {
        public Definition {
            files = List.copyOf(files);
            targets = List.copyOf(targets);
            variables = List.copyOf(variables);
        }

        /** The same, fetched with a token. */
        public Definition with(Secret other) {
            return new Definition(source, directory, files, targets, variables, Optional.of(other));
        }

        /** Names of variables only: values can be secrets. */
        @Override
        public String toString() {
            return "Definition[" + source + ", " + directory + ", " + files + ", " + targets + ", "
                    + variables.stream().map(Setting::name).toList() + "]";
        }
    }

    /**
     * What holds instead of what the definition says.
     *
     * @param set overrides, {@code <pattern>.<key>=<value>}
     * @param allow what builds may be allowed beyond the usual
     * @param call what the frontend is asked for; empty means to build
     */
    public record Changes(
            List<String> set,
            List<String> allow,
            boolean noCache,
            boolean pull,
            boolean load,
            boolean push,
            Optional<String> provenance,
            Optional<String> sbom,
            Optional<String> call) {
        public Changes {
            set = List.copyOf(set);
            allow = List.copyOf(allow);
        }

        /** The same where more is allowed. */
        public Changes allowing(List<String> more) {
            List<String> all = new ArrayList<>(allow);
            all.addAll(more);
            return new Changes(set, all, noCache, pull, load, push, provenance, sbom, call);
        }

        /** The same with further overrides. */
        public Changes setting(List<String> more) {
            List<String> all = new ArrayList<>(set);
            all.addAll(more);
            return new Changes(all, allow, noCache, pull, load, push, provenance, sbom, call);
        }
    }

    /** The same where more is allowed. */
    public BakeRequest allowing(List<String> more) {
        return new BakeRequest(builder, what, changes.allowing(more), cache, patience);
    }

    /** The same with further overrides, after those that there are. */
    public BakeRequest setting(List<String> more) {
        return new BakeRequest(builder, what, changes.setting(more), cache, patience);
    }

    /** The same, its definition fetched with a token. */
    public BakeRequest with(Secret token) {
        return new BakeRequest(builder, what.with(token), changes, cache, patience);
    }

    /** The same with other provenance for every target. */
    public BakeRequest withProvenance(String attributes) {
        Changes named = new Changes(
                changes.set(),
                changes.allow(),
                changes.noCache(),
                changes.pull(),
                changes.load(),
                changes.push(),
                Optional.of(attributes),
                changes.sbom(),
                changes.call());
        return new BakeRequest(builder, what, named, cache, patience);
    }

    /** Whether something is built, rather than asked of the Dockerfiles. */
    public boolean builds() {
        return changes.call().filter(call -> !call.startsWith("build")).isEmpty();
    }
}
