package io.buildkitci.build;

import io.buildkitci.cache.ServiceAddresses;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.Driver;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.process.Command;
import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the address at which a builder reaches a cache service. The builder is asked itself, with a build that does
 * nothing but fetch the service's sign: what answers there without being the service is not taken for it.
 *
 * <p>The likeliest address is tried alone, the others at once: each costs a process, and BuildKit a record.
 */
final class ServiceProbe {
    /** What a slow machine may need, with its disk busy; an address that nothing answers at costs as much. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** Drivers whose builders start when they are first used. */
    private static final Set<Driver> BOOTED = Set.of(Driver.DOCKER_CONTAINER, Driver.KUBERNETES);

    private final Tools tools;
    private final ReachedAddresses reached;

    ServiceProbe(Tools tools, ReachedAddresses reached) {
        this.tools = tools;
        this.reached = reached;
    }

    /** An address of the pass that the builder reaches in time. */
    Optional<String> find(Builds.Ready ready, CachePass pass) throws InterruptedException {
        String builder = ready.capabilities().builder().name();
        Optional<String> known = reached.of(builder, pass.addresses());
        if (known.isPresent()) {
            return known;
        }
        Optional<Driver> driver = ready.capabilities().builder().driver();
        if (ready.capabilities().client() instanceof Capabilities.Buildx buildx
                && driver.filter(BOOTED::contains).isPresent()) {
            boot(buildx, ready.request().builder());
        }
        boolean inContainer = driver.equals(Optional.of(Driver.DOCKER_CONTAINER));
        List<String> addresses = inContainer ? ServiceAddresses.fromContainer(pass.addresses()) : pass.addresses();
        Optional<String> found = first(ready, pass.sign(), addresses);
        found.ifPresent(address -> reached.remember(builder, pass.addresses(), address));
        return found;
    }

    /** So that no limit counts the time that this takes; what goes wrong with it the build itself will tell. */
    private void boot(Capabilities.Buildx buildx, Optional<String> builder) throws InterruptedException {
        List<String> argv = new ArrayList<>(buildx.command());
        argv.addAll(List.of("inspect", "--bootstrap"));
        builder.ifPresent(argv::add);
        tools.processes().capture(Command.of(argv));
    }

    private Optional<String> first(Builds.Ready ready, CachePass.Sign sign, List<String> addresses)
            throws InterruptedException {
        try (Workspace workspace = tools.workspaces().open()) {
            List<Command> commands = new ArrayList<>();
            for (String address : addresses) {
                String name = "Dockerfile." + commands.size();
                workspace.write(name, dockerfile(address, sign, commands.size()));
                commands.add(command(ready, workspace, name).within(LIMIT));
            }
            if (tools.processes().capture(commands.get(0)).succeeded()) {
                return Optional.of(addresses.get(0));
            }
            int other = atOnce(commands.subList(1, commands.size()));
            return other < 0 ? Optional.empty() : Optional.of(addresses.get(other + 1));
        } catch (IOException e) {
            return Optional.empty(); // the build itself is about to say that there is no room
        }
    }

    /** The first that succeeds, in their order; -1 for none. */
    private int atOnce(List<Command> commands) throws InterruptedException {
        List<SideTask<Boolean>> answers = commands.stream()
                .map(command ->
                        SideTask.start(() -> tools.processes().capture(command).succeeded()))
                .toList();
        try {
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).result().orElse(false)) {
                    return i;
                }
            }
            return -1;
        } finally {
            answers.forEach(SideTask::close);
        }
    }

    /** Each fetches another file: what BuildKit has of one is no answer for another. */
    private static String dockerfile(String address, CachePass.Sign sign, int number) {
        return "FROM scratch\nADD --checksum=sha256:" + sign.sha256(number) + " " + address + sign.path(number)
                + " /sign\n";
    }

    private static Command command(Builds.Ready ready, Workspace workspace, String dockerfile) {
        List<String> argv = new ArrayList<>(ready.capabilities().client().command());
        if (ready.capabilities().client() instanceof Capabilities.Buildctl buildctl) {
            argv.addAll(buildctl.daemon().flags());
            argv.addAll(List.of("build", "--frontend", "dockerfile.v0", "--opt", "filename=" + dockerfile));
            argv.addAll(List.of("--local", "context=" + workspace.path(), "--local", "dockerfile=" + workspace.path()));
            argv.addAll(List.of("--progress", "plain"));
            return Command.of(argv);
        }
        argv.add("build");
        ready.request().builder().ifPresent(builder -> argv.addAll(List.of("--builder", builder)));
        String directory = workspace.path().toString();
        argv.addAll(List.of("--file", directory + "/" + dockerfile, "--output", "type=cacheonly"));
        argv.addAll(List.of("--provenance=false", "--progress", "quiet", directory));
        return Command.of(argv);
    }
}
