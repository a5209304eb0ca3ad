package io.buildkitci.action.github;

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
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.plan.Natively;
import io.buildkitci.plan.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private static final Set<String> HOW = Set.of("keep-state", "cleanup", "version");

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
    public String step() {
        return "all";
    }

    @Override
    public List<InputTable> tables() {
        return List.of(BuildInputs.ALL, BUILDER, EMULATORS);
    }

    @Override
    public int main(ActionRun run) throws InterruptedException {
        ActionRun here = BuildAction.withContext(run);
        RawInput inputs = here.inputs();
        RawInput forBuild = ActionInputs.of(BuildInputs.ALL, inputs);
        AskedBuilder builder = AskedBuilder.read(
                RawInput.of(Map.of("use", RawValue.of("false"))).over(ActionInputs.of(BUILDER, inputs)), here);
        Checked<QemuRequest> emulators =
                QemuInputs.check(emulators(inputs), here.host().outside());
        List<Problem> problems = new ArrayList<>(BuildAction.switches(here));
        problems.addAll(oneBuilder(inputs));
        problems.addAll(builder.problems());
        problems.addAll(problems(builder.checked()));
        problems.addAll(problems(emulators));
        ActionRun build = here.with(forBuild);
        return build.then(
                BuildInputs.check(forBuild, here.host().outside()),
                problems,
                request -> new AllAction.Asked(request, value(emulators), builder, asksForBuilder(inputs))
                        .carryOut(build));
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
        int carryOut(ActionRun run) throws InterruptedException {
            Optional<AskedBuilder> make = ownBuilder || !aBuilderIsThere(run) ? Optional.of(builder) : Optional.empty();
            int exit = emulate(make, run);
            if (exit != Blame.BUILT || make.isEmpty()) {
                return exit == Blame.BUILT ? BuildAction.build(build, run) : exit;
            }
            BuilderSetup.Made made = new BuilderSetup(run).make(make.get());
            return made.builder().isEmpty()
                    ? made.exit()
                    : BuildAction.build(build.withBuilder(made.builder().get().name()), run);
        }

        /** One that is named is taken as it is, so that what it lacks is told; the current one if it can do it. */
        private boolean aBuilderIsThere(ActionRun run) throws InterruptedException {
            Builds builds = BuildAction.builds(run);
            return build.builder().isPresent()
                    || (builds.prepare(build, BuildAction.scope(build, run), Depth.EVERYTHING)
                                    instanceof Builds.Ready ready
                            && builds.plan(ready) instanceof Planned.Ready);
        }

        /** Before the builder is made: BuildKit looks for emulators when it starts. */
        private int emulate(Optional<AskedBuilder> make, ActionRun run) throws InterruptedException {
            Driver driver =
                    make.map(asked -> asked.request().builder().driver()).orElse(Driver.DOCKER);
            boolean elsewhere = driver == Driver.REMOTE
                    || driver == Driver.KUBERNETES
                    || build.builder().isPresent();
            List<Platform> foreign = build.platforms().stream()
                    .filter(platform -> platform.os().equals("linux"))
                    .filter(platform -> !Natively.runs(run.host().tools().platform(), platform))
                    .toList();
            return elsewhere || foreign.isEmpty()
                    ? Blame.BUILT
                    : QemuAction.setUp(emulators.forPlatforms(foreign), run);
        }
    }
}
