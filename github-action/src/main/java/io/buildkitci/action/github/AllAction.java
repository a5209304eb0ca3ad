package io.buildkitci.action.github;

import io.buildkitci.action.host.CacheDesk;
import io.buildkitci.build.Builds;
import io.buildkitci.build.CapabilityProbe.Depth;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.Problem;
import io.buildkitci.input.QemuInputs;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.plan.Capabilities.NodeFacts;
import io.buildkitci.plan.Natively;
import io.buildkitci.plan.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The action at the root of the repository: emulators for the platforms that this machine does not run itself, a builder
 * where the one that is there cannot do it, and the build.
 */
final class AllAction implements Action {
    /** Those inputs of {@code create-builder} that say what is to be made. */
    private static final Set<String> WHAT_BUILDER = Set.of(
            "driver",
            "endpoint",
            "driver-opts",
            "buildkitd-flags",
            "buildkitd-config",
            "buildkitd-config-inline",
            "append");

    /** And how it is made and removed. */
    private static final Set<String> HOW = Set.of("keep-state", "cleanup", "version", "install-from", "cache-binary");

    /** {@code driver} says what builder is made here. */
    private static final InputTable BUILD = new InputTable(
            BuildInputs.ALL.step(),
            BuildInputs.ALL.specs().stream()
                    .filter(spec -> !WHAT_BUILDER.contains(spec.name()))
                    .toList());

    private static final InputTable BUILDER = new InputTable(
            BuilderInputs.ALL.step(),
            BuilderInputs.ALL.specs().stream()
                    .filter(spec -> WHAT_BUILDER.contains(spec.name()) || HOW.contains(spec.name()))
                    .toList());

    /** {@code setup-qemu}'s {@code image}, by a name that says of what. */
    static final String BINFMT_IMAGE = "binfmt-image";

    private static final InputTable EMULATORS = new InputTable(
            QemuInputs.ALL.step(),
            QemuInputs.ALL.named("image").stream()
                    .map(image -> image.called(BINFMT_IMAGE))
                    .toList());

    @Override
    public List<InputTable> tables() {
        return List.of(BUILD, BUILDER, EMULATORS);
    }

    @Override
    public int main(ActionRun run) throws InterruptedException {
        ActionRun here = BuildAction.withContext(run);
        RawInput inputs = here.inputs();
        RawInput forBuild = ActionInputs.of(BUILD, inputs);
        AskedBuilder builder = AskedBuilder.read(
                RawInput.of(Map.of("use", RawValue.of("false"))).over(ActionInputs.of(BUILDER, inputs)), here);
        Checked<QemuRequest> emulators =
                QemuInputs.check(emulators(inputs), here.host().outside());
        List<Problem> problems = new ArrayList<>(BuildAction.switches(here));
        problems.addAll(oneBuilder(inputs));
        problems.addAll(builder.problems());
        problems.addAll(problems(builder.checked()));
        problems.addAll(problems(emulators));
        builder.checked().notices().forEach(here::note);
        ActionRun build = here.with(forBuild);
        return build.then(
                CacheDesk.elsewhereThanInJenkins(
                        BuildInputs.check(forBuild, here.host().outside()), forBuild),
                problems,
                request -> BuildxInput.then(
                        builder.request(),
                        build,
                        new Asked(request, value(emulators), builder, asksForBuilder(inputs))::carryOut));
    }

    private static RawInput emulators(RawInput inputs) {
        return ActionInputs.text(inputs, BINFMT_IMAGE)
                .map(image -> RawInput.of(Map.of("image", RawValue.of(image)), name -> BINFMT_IMAGE))
                .orElse(RawInput.NONE);
    }

    private static boolean asksForBuilder(RawInput inputs) {
        return WHAT_BUILDER.stream()
                .anyMatch(name -> ActionInputs.text(inputs, name).isPresent());
    }

    private static List<Problem> oneBuilder(RawInput inputs) {
        return WHAT_BUILDER.stream()
                .sorted()
                .filter(name -> ActionInputs.text(inputs, "builder").isPresent()
                        && ActionInputs.text(inputs, name).isPresent())
                .map(name -> new Problem(name, "", "says what builder to make, and 'builder' names one; drop one"))
                .toList();
    }

    private static List<Problem> problems(Checked<?> checked) {
        return checked instanceof Checked.Invalid<?> invalid ? invalid.problems() : List.of();
    }

    private static <T> T value(Checked<T> checked) {
        return ((Checked.Valid<T>) checked).value();
    }

    /** Everything that was asked for, and whether a builder of its own was. */
    private record Asked(BuildRequest build, QemuRequest emulators, AskedBuilder builder, boolean ownBuilder) {
        private static final Set<Natively> RUN = Set.of(Natively.NATIVE, Natively.EMULATED);
        private static final Set<Driver> ELSEWHERE = Set.of(Driver.REMOTE, Driver.KUBERNETES);

        int carryOut(ActionRun run) throws InterruptedException {
            Optional<Builds.Ready> there = ownBuilder ? Optional.empty() : there(run);
            boolean taken = !ownBuilder && (build.builder().isPresent() || isAble(there, run));
            int exit = emulate(taken ? absent(there, run) : missing(run), run);
            if (exit != Blame.BUILT || taken) {
                return exit == Blame.BUILT ? BuildAction.build(build, run) : exit;
            }
            BuilderSetup.Made made = new BuilderSetup(run).make(builder);
            return made.builder().isEmpty()
                    ? made.exit()
                    : BuildAction.build(build.withBuilder(made.builder().get().name()), run);
        }

        /** The builder that is named or the current one; empty where it does not answer. */
        private Optional<Builds.Ready> there(ActionRun run) throws InterruptedException {
            Builds.Prepared there =
                    BuildAction.builds(run).prepare(build, BuildAction.scope(build, run), Depth.EVERYTHING);
            return there instanceof Builds.Ready ready ? Optional.of(ready) : Optional.empty();
        }

        private static boolean isAble(Optional<Builds.Ready> there, ActionRun run) {
            return there.isPresent() && BuildAction.builds(run).plan(there.get()) instanceof Planned.Ready;
        }

        /** Of a builder that is taken: what no node of it runs, where an emulator on this machine helps it. */
        private List<Platform> absent(Optional<Builds.Ready> there, ActionRun run) {
            if (there.isEmpty()) {
                return List.of();
            }
            BuilderFacts facts = there.get().capabilities().builder();
            if (isElsewhere(facts.driver(), facts.nodes().stream().map(NodeFacts::endpoint))) {
                return List.of();
            }
            return foreign(run).stream()
                    .filter(platform -> !RUN.contains(Natively.of(platform, facts.nodes())))
                    .toList();
        }

        /** Of a builder that is to be made: what this machine does not run, unless it is made somewhere else. */
        private List<Platform> missing(ActionRun run) {
            BuilderSpec spec = builder.request().builder();
            Stream<String> endpoints =
                    spec.nodes().stream().map(node -> node.endpoint().orElse(""));
            return isElsewhere(Optional.of(spec.driver()), endpoints) ? List.of() : foreign(run);
        }

        private static boolean isElsewhere(Optional<Driver> driver, Stream<String> endpoints) {
            List<String> nodes = endpoints.toList();
            boolean byShell = !nodes.isEmpty() && nodes.stream().allMatch(node -> node.startsWith("ssh://"));
            return byShell || driver.filter(ELSEWHERE::contains).isPresent();
        }

        private List<Platform> foreign(ActionRun run) {
            Platform own = run.host().tools().platform();
            return build.platforms().stream()
                    .filter(platform -> platform.os().equals("linux") && !Natively.runs(own, platform))
                    .toList();
        }

        /** Before a builder is made: BuildKit looks for emulators when it starts. */
        private int emulate(List<Platform> platforms, ActionRun run) throws InterruptedException {
            return platforms.isEmpty() ? Blame.BUILT : QemuAction.setUp(emulators.forPlatforms(platforms), run);
        }
    }
}
