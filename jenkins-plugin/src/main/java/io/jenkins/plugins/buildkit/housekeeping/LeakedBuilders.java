package io.jenkins.plugins.buildkit.housekeeping;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import io.jenkins.plugins.buildkit.agent.NodeBuilders;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Removes, every hour, the builders that this controller made and that no build needs any more. */
@Extension
public final class LeakedBuilders extends AsyncPeriodicWork {
    public LeakedBuilders() {
        super("Removal of BuildKit builders");
    }

    @Override
    public long getRecurrencePeriod() {
        return HOUR;
    }

    /** Builds that go on after a restart are read by then. */
    @Override
    public long getInitialDelay() {
        return 10 * MIN;
    }

    /** A build that ends while others are looked after has its builder looked after too. */
    @Override
    protected boolean queueIfAlreadyRunning() {
        return true;
    }

    @Override
    protected void execute(TaskListener listener) throws IOException, InterruptedException {
        new Sweep(BuilderLedger.get(), new Online(listener), listener.getLogger()::println, Instant.now())
                .run(LeakedBuilders::isRunning);
    }

    private static boolean isRunning(String id) {
        try {
            Run<?, ?> run = Run.fromExternalizableId(id);
            return run != null && run.isBuilding();
        } catch (IllegalArgumentException e) { // no ID of a build
            return false;
        }
    }

    /** The agents as they are now; each is connected to once. */
    private static final class Online implements Sweep.Agents {
        private final TaskListener listener;
        private final Map<String, Optional<AgentBuilders>> connected = new HashMap<>();

        Online(TaskListener listener) {
            this.listener = listener;
        }

        @Override
        public List<String> names() {
            return Arrays.stream(Jenkins.get().getComputers())
                    .map(Computer::getName)
                    .toList();
        }

        @Override
        public Optional<AgentBuilders> at(String agent) throws InterruptedException {
            Optional<AgentBuilders> known = connected.get(agent);
            if (known == null) {
                known = connect(agent);
                connected.put(agent, known);
            }
            return known;
        }

        /** An agent that fails does not keep the others from being tidied. */
        private Optional<AgentBuilders> connect(String agent) throws InterruptedException {
            Optional<Node> node = Arrays.stream(Jenkins.get().getComputers())
                    .filter(computer -> computer.getName().equals(agent) && computer.isOnline())
                    .findFirst()
                    .flatMap(computer -> Optional.ofNullable(computer.getNode()));
            try {
                return node.isPresent() && NodeBuilders.of(node.get(), listener) instanceof AgentBuilders.Found found
                        ? Optional.of(found.builders())
                        : Optional.empty();
            } catch (IOException e) {
                listener.getLogger().println("agent " + agent + " was not looked at: " + e.getMessage());
                return Optional.empty();
            }
        }
    }
}
