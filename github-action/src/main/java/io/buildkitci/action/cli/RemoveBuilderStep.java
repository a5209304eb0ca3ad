package io.buildkitci.action.cli;

import io.buildkitci.action.host.BuilderClients;
import io.buildkitci.action.host.Host;
import io.buildkitci.builder.Removal;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.RemoveBuilderInputs;
import io.buildkitci.json.JsonText;
import io.buildkitci.model.RemoveBuilderRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code remove-builder}: removes a builder with its containers and volumes. */
final class RemoveBuilderStep implements Step {
    @Override
    public InputTable table() {
        return RemoveBuilderInputs.ALL;
    }

    @Override
    public String description() {
        return "Removes a builder; nothing of it is left, no container, volume or file.";
    }

    @Override
    public String example() {
        return "buildkit-ci remove-builder --name ci";
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        return Checking.then(
                invocation,
                table().step(),
                RemoveBuilderInputs.check(invocation.inputs(), invocation.host().outside()),
                request -> remove(request, invocation));
    }

    private static int remove(RemoveBuilderRequest request, Invocation invocation) throws InterruptedException {
        Host host = invocation.host();
        BuilderClients clients = BuilderClients.of(host, new CommandLineWords());
        Removal removal = clients.remove(request.name(), request.keepState(), Optional.empty());
        if (removal instanceof Removal.Removed removed) {
            tell(invocation, removed);
            return Blame.BUILT;
        }
        if (removal instanceof Removal.Unknown unknown) {
            host.err().println("there is no builder '" + unknown.name() + "'");
            return Blame.INPUT.exitCode();
        }
        if (removal instanceof Removal.Refused refused) {
            host.err().println("builder '" + refused.name() + "' was not removed: " + refused.reason());
            return Blame.INPUT.exitCode();
        }
        Removal.Failed failed = (Removal.Failed) removal;
        host.err().print(Shows.failure("The builder was not removed", failed.failure(), host));
        failed.left().forEach(left -> host.err().println("  left: " + left));
        return failed.failure().code().blame().exitCode();
    }

    private static void tell(Invocation invocation, Removal.Removed removed) {
        if (invocation.json()) {
            Map<String, Object> data = Map.of(
                    "name", removed.name(), "forced", List.copyOf(removed.forced()), "verified", removed.verified());
            invocation.host().out().println(JsonText.pretty(data));
            return;
        }
        invocation.host().out().println("builder    " + removed.name() + " removed");
        removed.forced()
                .forEach(leftover ->
                        invocation.host().out().println("           buildx had left " + leftover + "; removed too"));
    }
}
