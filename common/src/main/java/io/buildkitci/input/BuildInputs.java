package io.buildkitci.input;

import static io.buildkitci.input.InputSpec.csv;
import static io.buildkitci.input.InputSpec.flag;
import static io.buildkitci.input.InputSpec.list;
import static io.buildkitci.input.InputSpec.text;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Delivery;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.ClientChoice;
import io.buildkitci.model.Platform;
import java.util.List;

/** The inputs of {@code build-push}, and the way from them to a {@link BuildRequest}. */
public final class BuildInputs {
    public static final InputTable ALL = new InputTable(
            "build-push",
            List.of(
                    text("context", "what is built: a directory, a git or archive URL")
                            .defaultsTo(".")
                            .example("./app"),
                    text("file", "path of the Dockerfile; <context>/Dockerfile if not given")
                            .example("docker/app.Dockerfile")
                            .alias("dockerfile"),
                    text("target", "the stage to build; the last if not given").example("runtime"),
                    csv("platforms", "platforms to build for; the builder's own if not given")
                            .example("linux/amd64,linux/arm64")
                            .alias("platform"),
                    csv("tags", "what the image is called")
                            .example("registry.example/app:1")
                            .alias("tag"),
                    list("labels", "labels of the image, name=value")
                            .example("org.opencontainers.image.licenses=MIT")
                            .alias("label"),
                    list("annotations", "annotations, [type[platform]:]name=value")
                            .example("index:org.opencontainers.image.title=app")
                            .alias("annotation"),
                    flag("push", false, "send the image to its registry"),
                    flag("load", false, "put the image into the local Docker Engine"),
                    list("outputs", "where else the result goes, type=…,name=value")
                            .example("type=local,dest=out")
                            .alias("output"),
                    text("cache", "a cache in one word, for reading and writing: " + CacheShorthand.ACCEPTED)
                            .example("registry")
                            .ours(),
                    CachingInputs.TOKEN,
                    list("cache-from", "caches to read, type=…,name=value")
                            .example("type=registry,ref=registry.example/app:cache"),
                    list("cache-to", "caches to write, type=…,name=value")
                            .example("type=registry,ref=registry.example/app:cache,mode=max"),
                    flag("no-cache", false, "run every step again"),
                    csv("no-cache-filters", "stages of which every step runs again")
                            .example("test")
                            .alias("no-cache-filter"),
                    flag("pull", false, "look base images up again"),
                    list("build-args", "values of ARG instructions, name=value")
                            .example("VERSION=1.2.3")
                            .alias("build-arg"),
                    list("build-contexts", "further contexts, name=directory, image or URL")
                            .example("base=docker-image://alpine:3.22")
                            .alias("build-context"),
                    list("secrets", "secrets that steps may mount, id=value; a value of several lines in quotes")
                            .kind(InputSpec.Kind.LIST_UNTRIMMED)
                            .example("npm_token=…")
                            .secret()
                            .alias("secret"),
                    csv("secret-envs", "secrets taken from environment variables, id=VARIABLE")
                            .example("npm_token=NPM_TOKEN")
                            .alias("secret-env"),
                    list("secret-files", "secrets taken from files, id=path")
                            .example("netrc=./.netrc")
                            .alias("secret-file"),
                    csv("ssh", "agents and keys that steps may mount, default or id=path")
                            .example("default"),
                    text("provenance", "provenance attestation: true, false or attributes")
                            .example("mode=max"),
                    text("sbom", "bill of materials: true, false or attributes").example("true"),
                    list("attests", "attestations, type=…,name=value")
                            .example("type=sbom")
                            .alias("attest"),
                    csv("allow", "what steps may be allowed beyond the usual: " + SandboxInputs.ENTITLEMENTS)
                            .example("network.host"),
                    text("network", "network of steps: default, none or host").example("none"),
                    csv("add-hosts", "entries of the steps' hosts file, host:ip")
                            .example("registry.example:10.0.0.5")
                            .alias("add-host"),
                    list("ulimit", "limits of steps, type=soft[:hard]").example("nofile=1024:2048"),
                    text("shm-size", "size of /dev/shm").example("256m"),
                    text("cgroup-parent", "cgroup under which steps run").example("ci.slice"),
                    text("call", "ask the Dockerfile instead of building it: check, outline or targets")
                            .example("check"),
                    text("builder", "the builder; the current one if not given").example("ci"),
                    text("driver", "buildkitd: start one for this build alone, without Docker")
                            .example("buildkitd")
                            .ours(),
                    text("client", "what talks to the builder: buildx, buildctl, auto, or docker of before buildx")
                            .defaultsTo(ClientChoice.AUTO.render())
                            .example("buildctl")
                            .ours(),
                    PatienceInputs.RETRIES,
                    PatienceInputs.TIMEOUT,
                    PatienceInputs.INACTIVITY,
                    flag("summary", true, "tell of the build on the page of the run; used by the action only")
                            .ours(),
                    text("github-token", "token for a git context on GitHub; used by the action only")
                            .example("…")
                            .secret()));

    private BuildInputs() {}

    /** Reads the inputs of one build. */
    public static Checked<BuildRequest> check(RawInput raw, Outside outside) {
        InputReader in = new InputReader(ALL, raw, outside);
        BuildRequest request = new BuildRequest(
                SourceInputs.read(in),
                in.each("platforms", Platform::parse),
                NamingInputs.read(in),
                new Delivery(in.flag("push"), in.flag("load"), in.each("outputs", OutputEntry::parse)),
                CachingInputs.read(in),
                HandedInputs.read(in),
                AttestationInputs.read(in),
                SandboxInputs.read(in),
                MeansInputs.read(in),
                PatienceInputs.read(in));
        in.flag("summary");
        DeliveryRules.check(request, in);
        BuildRules.check(request, in);
        return in.finish(BuildRules.withoutRepeatedTags(request));
    }
}
