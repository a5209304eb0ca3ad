package io.buildkitci.action.cli;

import io.buildkitci.action.host.BuilderClients;
import io.buildkitci.action.host.BuildxSetup;
import io.buildkitci.action.host.Host;
import io.buildkitci.action.yaml.Nodes;
import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.Creation;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.json.JsonText;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.Redactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code create-builder}: makes a builder, or takes the one that is there. */
final class CreateBuilderStep implements Step {
    /** On a command line, a person's current builder is theirs. */
    private static final InputTable TABLE = BuilderInputs.ALL.withDefault("use", "false");

    @Override
    public InputTable table() {
        return TABLE;
    }

    @Override
    public String description() {
        return "Makes and boots a builder; takes one of the same name and definition that is there.";
    }

    @Override
    public String example() {
        return "buildkit-ci create-builder --name ci --driver docker-container";
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Nodes append = Nodes.parse(invocation.inputs());
        RawInput defaults = RawInput.of(Map.of("use", RawValue.of("false")));
        Invocation all = append.problems().isEmpty() ? invocation : invocation.with(append.problems());
        return Checking.then(
                all,
                TABLE.step(),
                BuilderInputs.check(
                        invocation.inputs().over(defaults),
                        append.nodes(),
                        invocation.host().outside()),
                request -> create(request, invocation));
    }

    private static int create(BuilderRequest request, Invocation invocation) throws InterruptedException {
        Host caller = invocation.host();
        BuildxSetup setup = new BuildxSetup(caller, caller.err()::println, Optional.empty());
        BuildxSetup.Answer buildx = request.builder().driver() == Driver.BUILDKITD
                ? setup.buildkit(request.version(), request.installFrom())
                : setup.get(request.version(), request.installFrom(), false);
        if (buildx instanceof BuildxSetup.Failed failed) {
            BuildxSetup.render(failed.failure()).forEach(caller.err()::println);
            return BuildxSetup.blame(failed.failure()).exitCode();
        }
        BuildxSetup.Ready ready = (BuildxSetup.Ready) buildx;
        Host host = ready.host();
        BuilderClients clients = BuilderClients.of(host, new CommandLineWords());
        Redactor redactor = Redactor.of(Stream.concat(
                        Credentials.of(request.builder()).stream(), Credentials.variables(request.builder()).stream())
                .toList());
        Creation creation = clients.create(
                request.builder(),
                Builders.nameFor(request.builder()),
                BuilderClients.BOOT,
                (stream, line) -> host.err().println(redactor.redact(line)));
        if (creation instanceof Creation.Created created) {
            return tell(invocation, created.builder(), "created", ready);
        }
        if (creation instanceof Creation.Reused reused) {
            return tell(invocation, reused.builder(), "reused", ready);
        }
        if (creation instanceof Creation.Refused refused) {
            host.err().println("builder '" + refused.name() + "' is not what was asked for; nothing was changed");
            refused.differences().forEach(difference -> host.err().println("  - " + difference));
            host.err().println("  -> " + refused.advice());
            return Blame.INPUT.exitCode();
        }
        Creation.Failed failed = (Creation.Failed) creation;
        host.err().print(redactor.redact(Shows.failure("The builder was not made", failed.failure(), host)));
        failed.left().forEach(left -> host.err().println("  could not be removed again: " + left));
        return failed.failure().code().blame().exitCode();
    }

    /** @param got for it, which later steps have to be told of */
    private static int tell(Invocation invocation, BuilderSummary builder, String how, BuildxSetup.Ready got) {
        Host host = invocation.host();
        if (invocation.json()) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("name", builder.name());
            data.put("driver", builder.driver());
            data.put("endpoint", builder.endpoint());
            data.put("status", builder.status());
            data.put("flags", builder.flags());
            data.put("buildkit", builder.buildkit().orElse(""));
            data.put("platforms", texts(builder.platforms()));
            data.put("emulated", texts(builder.emulatedPlatforms()));
            data.put("created", how.equals("created"));
            got.place().ifPresent(place -> data.put(tool(got), place.toString()));
            host.out().println(JsonText.pretty(data));
        } else {
            host.out()
                    .println("builder    " + builder.name() + " " + how + ", driver " + builder.driver() + ", "
                            + builder.status()
                            + builder.buildkit().map(v -> ", BuildKit " + v).orElse(""));
            line(host, "native", builder.nativePlatforms());
            line(host, "emulated", builder.emulatedPlatforms());
            got.place()
                    .ifPresent(place -> host.out()
                            .printf(
                                    "%-10s %s; for later steps: export %s=%s%n",
                                    tool(got), place, got.variable(), place));
        }
        return Blame.BUILT;
    }

    private static String tool(BuildxSetup.Ready got) {
        return got.variable().equals(Host.BUILDKIT) ? "programs" : "buildx";
    }

    private static void line(Host host, String label, List<Platform> platforms) {
        Optional.of(platforms)
                .filter(p -> !p.isEmpty())
                .ifPresent(p -> host.out()
                        .printf(
                                "%-10s %s%n",
                                label, p.stream().map(Platform::render).collect(Collectors.joining(", "))));
    }

    private static List<String> texts(List<Platform> platforms) {
        return platforms.stream().map(Platform::render).toList();
    }
}
