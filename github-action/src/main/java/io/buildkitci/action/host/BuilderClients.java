package io.buildkitci.action.host;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.Clients;
import io.buildkitci.words.HostWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What makes and removes builders here, or why there is none. */
public record BuilderClients(Optional<Builders> builders, Optional<BuilderFailure> failure) {
    /** @param words of the host, for advice */
    public static BuilderClients of(Host host, HostWords words) {
        ClientEnvironment environment = host.clients();
        BuildxFinder finder = new BuildxFinder(host.tools().files(), environment);
        BuildxFinder.Finding finding = finder.find(host.buildxProgram());
        if (finding instanceof BuildxFinder.Missing missing) {
            return new BuilderClients(Optional.empty(), Optional.of(BuilderFailure.noBuildx(missing.looked())));
        }
        List<String> command = ((BuildxFinder.Found) finding).command();
        Clients clients =
                new Clients(command, Optional.empty(), finder.docker().map(d -> List.of(d.toString())), Map.of());
        return new BuilderClients(
                Optional.of(new Builders(
                        host.tools().processes(),
                        clients,
                        new BuilderStore(host.tools().files(), environment),
                        host.tools().workspaces(),
                        host.tools().reachability(),
                        words)),
                Optional.empty());
    }

    /** A failure as a person reads it: what happened, what buildx said, what to do. */
    public static String render(BuilderFailure failure) {
        StringBuilder text = new StringBuilder(failure.text());
        failure.evidence().forEach(line -> text.append("\n  | ").append(line));
        return text + "\n  -> " + failure.advice();
    }
}
