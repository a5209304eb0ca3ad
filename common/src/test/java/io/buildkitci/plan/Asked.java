package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cache.CacheExpansion;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.FakeOutside;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.words.KnownWords;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a person typed, all the way to a plan: checked, its cache bound to a scope, planned. */
public final class Asked {
    static final RunPlace PLACE = new RunPlace("/run/w", "run-7");

    private final Map<String, RawValue> inputs = new LinkedHashMap<>();
    private Optional<String> branch = Optional.empty();
    private Optional<String> base = Optional.empty();

    /** @param namesAndTexts name, text, name, text … */
    public static Asked of(String... namesAndTexts) {
        Asked asked = new Asked();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            asked.inputs.put(namesAndTexts[i], RawValue.of(namesAndTexts[i + 1]));
        }
        return asked;
    }

    Asked onBranch(String name) {
        branch = Optional.of(name);
        return this;
    }

    Asked into(String name) {
        base = Optional.of(name);
        return this;
    }

    /** Names of the inputs that were typed. */
    Set<String> given() {
        return Set.copyOf(inputs.keySet());
    }

    /** The request, of inputs that are all valid. */
    public BuildRequest request() {
        Checked<BuildRequest> checked =
                BuildInputs.check(RawInput.of(inputs), checkout().outside());
        assertThat(checked).as("inputs %s", inputs.keySet()).isInstanceOf(Checked.Valid.class);
        return bound(((Checked.Valid<BuildRequest>) checked).value());
    }

    /** The client's own directory: a Dockerfile, and what the rows of the table name. */
    private static FakeOutside checkout() {
        return FakeOutside.checkout()
                .directory("app")
                .file("app/Dockerfile")
                .directory("-odd")
                .file("-odd/Dockerfile")
                .directory("lib dir")
                .directory("cache/in")
                .file("docker/app.Dockerfile")
                .file("/home/p/.netrc")
                .file("keys,old/id")
                .file("/home/p/.ssh/id_a")
                .file("/home/p/.ssh/id_b")
                .variable("SSH_AUTH_SOCK", "/tmp/agent")
                .variable("NPM_TOKEN", "hunter2hunter2")
                .variable("VERSION", "1.2.3");
    }

    private BuildRequest bound(BuildRequest request) {
        CacheScope scope = new CacheScope(request.naming().tags(), request.platforms(), branch, base, Optional.empty());
        return request.caching()
                .shorthand()
                .map(shorthand -> (CacheExpansion.Sides) CacheExpansion.expand(shorthand, scope))
                .map(sides -> request.withCaching(request.caching().with(sides.from(), sides.to())))
                .orElse(request);
    }

    Planned planned(Capabilities capabilities) {
        return BuildPlanner.plan(request(), capabilities, PLACE, KnownWords.KNOWN);
    }

    /** The plan of a build in whose way nothing stands. */
    public BuildPlan plan(Capabilities capabilities) {
        Planned planned = planned(capabilities);
        assertThat(planned).isInstanceOf(Planned.Ready.class);
        return ((Planned.Ready) planned).plan();
    }
}
