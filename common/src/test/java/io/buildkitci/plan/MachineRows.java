package io.buildkitci.plan;

import io.buildkitci.model.Driver;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.plan.Capabilities.Buildx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The same, on other machines: what there is to build with decides, and what a person should know of it. */
final class MachineRows {
    private static final String[] BOTH = {"--platform", "linux/amd64,linux/arm64"};

    private MachineRows() {}

    static Stream<Row> all() {
        return Stream.of(
                Row.of("a builder by name", "builder", "ci", "load", "true")
                        .on(Machines.container())
                        .flags("--builder", "ci", "--load"),
                Row.of("a result that stays in the builder")
                        .on(Machines.container())
                        .note("no output is asked for (push, load or outputs): the result stays in the cache of builder"
                                + " 'ci'"),
                Row.of("a check leaves nothing anyway", "call", "check")
                        .on(Machines.remote())
                        .flags("--call", "check,format=json"),
                Row.of("an emulated platform", "platforms", "linux/amd64,linux/arm64")
                        .flags(BOTH)
                        .note("emulated with QEMU, several times slower than a native node: linux/arm64"),
                Row.of("a platform of another node", "platforms", "linux/amd64,linux/arm64", "load", "true")
                        .on(Machines.withNodes(
                                Machines.remote(), Machines.node("linux/amd64"), Machines.node("linux/arm64")))
                        .flags("--platform", "linux/amd64,linux/arm64", "--load"),
                Row.of("a platform that nobody runs", "platforms", "linux/s390x")
                        .flags("--platform", "linux/s390x")
                        .note("builder 'default' does not advertise linux/s390x: RUN steps for it will fail unless an"
                                + " emulator is registered (buildkit-ci setup-qemu)"),
                Row.of("a platform that nothing emulates", "platforms", "windows/amd64")
                        .flags("--platform", "windows/amd64")
                        .note("builder 'default' does not advertise windows/amd64: RUN steps for it will fail, for only"
                                + " linux is emulated"),
                Row.of("a builder that has not said what it runs", "platforms", "linux/amd64,linux/arm64")
                        .on(Machines.withNodes(Machines.engine(), Machines.node("")))
                        .flags(BOTH),
                Row.of("the oldest buildx that is supported", "annotations", "a=1", "call", "build")
                        .on(Machines.of(Driver.DOCKER, Optional.of(true), "0.29.1"))
                        .flags("--call", "build", "--annotation", "a=1"),
                Row.of(
                                "a buildx and a builder of which nothing is known",
                                "annotations",
                                "a=1",
                                "platforms",
                                "amd64,arm64")
                        .on(new Capabilities(
                                new Buildx(List.of("docker", "buildx"), Optional.<Version>empty()),
                                new BuilderFacts("", Optional.empty(), Optional.empty(), List.of()),
                                Map.of()))
                        .flags("--platform", "linux/amd64,linux/arm64", "--annotation", "a=1"),
                Row.of("an engine that was not asked about its store", "cache-to", "type=registry,ref=r.example/c")
                        .on(Machines.of(Driver.DOCKER, Optional.empty(), "0.36.1"))
                        .flags("--cache-to", "type=registry,ref=r.example/c"),
                Row.of("kubernetes", "load", "true")
                        .on(Machines.of(Driver.KUBERNETES, Optional.empty(), "0.36.1"))
                        .flags("--load"));
    }
}
