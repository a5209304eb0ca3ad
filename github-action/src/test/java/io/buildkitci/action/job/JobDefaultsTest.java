package io.buildkitci.action.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.FakeOutside;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Secret;
import io.buildkitci.model.SecretSpec;
import io.buildkitci.plan.BuildPlanner;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.ConfiguredProxy;
import io.buildkitci.plan.Machines;
import io.buildkitci.plan.Planned;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.words.HostWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs, job and builder, all the way to the flags of buildx; the peer is docker/build-push-action 7.3. */
class JobDefaultsTest {
    private static final String ID = "builder-id=" + Jobs.RUN;
    private static final String TOKEN = "ghs_0123456789";

    static Stream<Arguments> provenance() {
        Jobs open = Jobs.push();
        Jobs closed = Jobs.push().ofPrivateRepository();
        Jobs off = Jobs.push().with("BUILDX_NO_DEFAULT_ATTESTATIONS", "true");
        return Stream.of(
                row("a public repository", open, List.of(), "--provenance=mode=max," + ID),
                row("a private repository", closed, List.of(), "--provenance=mode=min,inline-only=true," + ID),
                row("an unknown event", Jobs.push().withoutEventFile(), List.of(), "--provenance=mode=max," + ID),
                row("load", open, List.of("load", "true")),
                row("an image for an engine", open, List.of("outputs", "type=docker")),
                row("an image for an engine, in a file", open, List.of("outputs", "type=docker,dest=a.tar")),
                row("another output", open, List.of("outputs", "type=oci,dest=a.tar"), "--provenance=mode=max," + ID),
                row("turned off by the environment", off, List.of()),
                row("turned off, but asked for", off, List.of("provenance", "true"), "--provenance=" + ID),
                row("true", open, List.of("provenance", "true"), "--provenance=" + ID),
                row("TRUE", open, List.of("provenance", "TRUE"), "--provenance=" + ID),
                row("false", open, List.of("provenance", "false"), "--provenance=false"),
                row("a mode", open, List.of("provenance", "mode=min"), "--provenance=mode=min," + ID),
                row(
                        "a mode with load",
                        open,
                        List.of("provenance", "mode=min", "load", "true"),
                        "--provenance=mode=min," + ID),
                row("a mode, privately", closed, List.of("provenance", "mode=max"), "--provenance=mode=max," + ID),
                row("its own builder", open, List.of("provenance", "builder-id=x"), "--provenance=builder-id=x"),
                row(
                        "its own builder, second",
                        open,
                        List.of("provenance", "mode=max, Builder-ID =x"),
                        "--provenance=mode=max, Builder-ID =x"),
                row(
                        "its own builder, in quotes",
                        open,
                        List.of("provenance", "mode=max,\"builder-id=x,y\""),
                        "--provenance=mode=max,\"builder-id=x,y\""),
                row(
                        "a value that only looks like one",
                        open,
                        List.of("provenance", "\"filename=a,builder-id=b\",mode=max"),
                        "--provenance=\"filename=a,builder-id=b\",mode=max," + ID),
                row(
                        "attests",
                        open,
                        List.of("attests", "type=provenance,mode=max"),
                        "--attest=type=provenance,mode=max," + ID),
                row(
                        "attests with its own builder",
                        open,
                        List.of("attests", "type=provenance,builder-id=x"),
                        "--attest=type=provenance,builder-id=x"),
                row(
                        "attests that turn it off",
                        open,
                        List.of("attests", "type=provenance,false"),
                        "--attest=type=provenance,disabled=true"),
                row(
                        "a bill of materials beside",
                        open,
                        List.of("attests", "type=sbom"),
                        "--provenance=mode=max," + ID,
                        "--attest=type=sbom"),
                row("sbom", open, List.of("sbom", "true"), "--provenance=mode=max," + ID, "--sbom=true"),
                row("only a check", open, List.of("call", "check")),
                row("a build by name", open, List.of("call", "build"), "--provenance=mode=max," + ID),
                row(
                        "no run",
                        Jobs.push().without("GITHUB_RUN_ID"),
                        List.of("provenance", "mode=max"),
                        "--provenance=mode=max"),
                row("no job", Jobs.none(), List.of()));
    }

    private static Arguments row(String what, Jobs job, List<String> inputs, String... flags) {
        return Arguments.of(what, job.job(), inputs, List.of(flags));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("provenance")
    void provenanceIsThePeers(String what, Job job, List<String> inputs, List<String> flags) {
        assertThat(attestations(inputs, job, Machines.container())).isEqualTo(flags);
    }

    static Stream<Arguments> builders() {
        Capabilities container = Machines.container();
        return Stream.of(
                Arguments.of("docker-container", container, true),
                Arguments.of("remote", Machines.remote(), true),
                Arguments.of("the engine", Machines.engine(), false),
                Arguments.of("the engine without containerd", Machines.engineWithoutContainerd(), false),
                Arguments.of("0.11.0", withBuildkit(container, "v0.11.0"), true),
                Arguments.of("0.10.6", withBuildkit(container, "v0.10.6"), false),
                Arguments.of("one of two too old", withBuildkit(container, "v0.32.2", "v0.10.0"), false),
                Arguments.of("an engine's own version", withBuildkit(container, "v0.12.5-moby"), true),
                Arguments.of("no release", withBuildkit(container, "v0.0.0+unknown"), true),
                Arguments.of("nodes that were not asked", Machines.withNodes(container), true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builders")
    void provenanceIsMadeUnaskedByBuildersThatAreNotKnownToLackIt(String what, Capabilities builder, boolean made) {
        assertThat(attestations(List.of(), Jobs.push().job(), builder)).hasSize(made ? 1 : 0);
    }

    @Test
    void aBuildkitThatIsTooOldIsTold() {
        Capabilities old = withBuildkit(Machines.container(), "v0.10.6");

        assertThat(complete(List.of(), Jobs.push().job(), old).notes())
                .containsExactly("no provenance is made: it needs BuildKit 0.11 or newer");
        assertThat(complete(List.of("provenance", "false"), Jobs.push().job(), old)
                        .notes())
                .isEmpty();
        assertThat(complete(List.of(), Jobs.push().job(), Machines.engine()).notes())
                .isEmpty();
    }

    @Test
    void thePasswordOfAProxyIsNotShownToEverybodyUnasked() {
        Capabilities configured = Machines.container()
                .with(List.of(new ConfiguredProxy(
                        "config.json", "proxies.default.httpProxy", "HTTP_PROXY", new Secret("x"))));
        List<String> given = List.of("build-args", "HTTP_PROXY=http://me:planted@proxy.example");

        for (JobDefaults.Completed completed : List.of(
                complete(List.of(), Jobs.push().job(), configured),
                complete(given, Jobs.push().job(), Machines.container()))) {
            assertThat(completed.request().attestations().provenance()).contains("mode=min,inline-only=true," + ID);
            assertThat(completed.notes())
                    .containsExactly(
                            "provenance is made with mode=min: that of mode=max shows the password of a proxy");
        }
        assertThat(attestations(List.of("provenance", "mode=max"), Jobs.push().job(), configured))
                .containsExactly("--provenance=mode=max," + ID);
        assertThat(complete(List.of(), Jobs.push().ofPrivateRepository().job(), configured)
                        .notes())
                .isEmpty();
    }

    static Stream<Arguments> tokens() {
        String other = "build-contexts";
        return Stream.of(
                token("the default context", true),
                token("a directory of it", true, "context", "{{defaultContext}}:app"),
                token("it as a further context", true, "context", ".", other, "src={{defaultContext}}"),
                token("a checkout", false, "context", "."),
                token("another repository", false, "context", "https://github.com/o/other.git"),
                token(
                        "the same by hand, as it is not the default",
                        false,
                        "context",
                        "https://github.com/o/r.git#main"),
                token("another secret", true, "secrets", "NPM=x"),
                token("a token for elsewhere", true, "secrets", "GIT_AUTH_TOKEN.gitlab.com=x"),
                token("one's own", false, "secrets", "GIT_AUTH_TOKEN=x"),
                token("one's own for this host", false, "secrets", "GIT_AUTH_TOKEN.github.com=x"),
                token("one's own header", false, "secrets", "GIT_AUTH_HEADER=x"),
                token("one's own header for this host", false, "secrets", "GIT_AUTH_HEADER.github.com=x"),
                token("one's own from a variable", false, "secret-envs", "GIT_AUTH_TOKEN=MINE"),
                token("one's own from a file", false, "secret-files", "GIT_AUTH_TOKEN.github.com=mine"),
                token("no token", false, "github-token", ""));
    }

    private static Arguments token(String what, boolean handed, String... inputs) {
        return Arguments.of(what, handed, List.of(inputs));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void theTokenIsHandedWhereTheJobsCommitIsFetchedAndNobodyGaveOne(String what, boolean handed, List<String> inputs) {
        List<SecretSpec> secrets = complete(inputs, Jobs.push().job(), Machines.container())
                .request()
                .handed()
                .secrets();

        SecretSpec automatic = new SecretSpec("GIT_AUTH_TOKEN.github.com", new SecretSpec.Value(new Secret(TOKEN)));
        assertThat(secrets.contains(automatic)).isEqualTo(handed);
        assertThat(secrets).extracting(SecretSpec::id).doesNotHaveDuplicates();
    }

    @Test
    void theTokenIsNamedAfterTheHostAsTheUrlHasIt() {
        Job job = Jobs.push()
                .with("GITHUB_SERVER_URL", "https://GHE.example:8443")
                .job();

        assertThat(complete(List.of(), job, Machines.container())
                        .request()
                        .handed()
                        .secrets())
                .extracting(SecretSpec::id)
                .containsExactly("GIT_AUTH_TOKEN.GHE.example:8443");
    }

    @Test
    void theTokenIsHandedForAQueryToo() {
        Job job = Jobs.push().with("BUILDX_SEND_GIT_QUERY_AS_INPUT", "true").job();

        assertThat(complete(List.of(), job, Machines.container())
                        .request()
                        .source()
                        .context())
                .contains("?ref=");
        assertThat(complete(List.of(), job, Machines.container())
                        .request()
                        .handed()
                        .secrets())
                .hasSize(1);
    }

    @Test
    void noTextThatIsShownHoldsTheToken() {
        JobDefaults.Completed completed = complete(List.of(), Jobs.push().job(), Machines.container());
        RawInput raw = RawInput.of(Map.of("github-token", RawValue.of(TOKEN)));

        assertThat(completed.toString()).doesNotContain(TOKEN);
        assertThat(Given.from(raw).toString()).doesNotContain(TOKEN);
        assertThat(plan(completed, Machines.container()).toString()).doesNotContain(TOKEN);
    }

    @Test
    void nothingElseOfTheRequestChanges() {
        BuildRequest before = request(
                List.of("tags", "app:1", "cache-to", "type=gha"), Jobs.push().job());
        BuildRequest after = JobDefaults.complete(
                        before, new Given(Optional.empty()), Jobs.push().job(), Machines.container())
                .request();

        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("attestations")
                .isEqualTo(before);
    }

    private static Capabilities withBuildkit(Capabilities capabilities, String... versions) {
        Capabilities.NodeFacts[] nodes = Stream.of(versions)
                .map(version -> new Capabilities.NodeFacts(
                        "n", "unix:///run/b.sock", "running", Optional.of(version), List.of()))
                .toArray(Capabilities.NodeFacts[]::new);
        return Machines.withNodes(capabilities, nodes);
    }

    private static List<String> attestations(List<String> inputs, Job job, Capabilities builder) {
        List<String> argv = plan(complete(inputs, job, builder), builder);
        return Stream.iterate(0, i -> i < argv.size(), i -> i + 1)
                .filter(i -> argv.get(i).matches("(?s)--(?:provenance|sbom)=.*|--attest"))
                .map(i -> argv.get(i).equals("--attest") ? "--attest=" + argv.get(i + 1) : argv.get(i))
                .toList();
    }

    private static List<String> plan(JobDefaults.Completed completed, Capabilities builder) {
        Planned planned = BuildPlanner.plan(completed.request(), builder, RunPlace.SHOWN, HostWords.PLAIN);
        assertThat(planned).isInstanceOf(Planned.Ready.class);
        return ((Planned.Ready) planned).plan().argv();
    }

    private static JobDefaults.Completed complete(List<String> inputs, Job job, Capabilities builder) {
        return JobDefaults.complete(request(inputs, job), Given.from(raw(inputs)), job, builder);
    }

    private static BuildRequest request(List<String> inputs, Job job) {
        Contexts contexts =
                Contexts.fill(raw(inputs), job, Machines.container().client().version());
        Checked<BuildRequest> checked = BuildInputs.check(
                contexts.inputs(),
                FakeOutside.checkout().variable("MINE", "x").file("mine").outside());
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<BuildRequest>) checked).value();
    }

    private static RawInput raw(List<String> inputs) {
        Map<String, RawValue> values = new LinkedHashMap<>(Map.of("github-token", RawValue.of(TOKEN)));
        for (int i = 0; i < inputs.size(); i += 2) {
            values.put(inputs.get(i), RawValue.of(inputs.get(i + 1)));
        }
        return RawInput.of(values);
    }
}
