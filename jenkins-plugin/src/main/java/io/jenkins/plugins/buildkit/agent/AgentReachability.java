package io.jenkins.plugins.buildkit.agent;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.buildkitci.local.SocketReachability;
import io.buildkitci.process.Reachability;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import jenkins.agents.ControllerToAgentFileCallable;

/** Tries addresses from the agent. */
final class AgentReachability implements Reachability {
    private final FilePath workspace;

    AgentReachability(FilePath workspace) {
        this.workspace = workspace;
    }

    @Override
    public Optional<String> tcp(String host, int port, Duration limit) throws InterruptedException {
        return ask("", new Tcp(host, port, limit.toMillis()));
    }

    @Override
    public Optional<String> unix(Path socket) throws InterruptedException {
        return ask(socket.toString(), new Unix());
    }

    private Optional<String> ask(String path, FilePath.FileCallable<String> work) throws InterruptedException {
        try {
            String why = (path.isEmpty() ? workspace : new FilePath(workspace, path)).act(work);
            return why.isEmpty() ? Optional.empty() : Optional.of(why);
        } catch (IOException e) {
            throw new AgentGone(e);
        }
    }

    private record Tcp(String host, int port, long millis) implements ControllerToAgentFileCallable<String> {
        @Override
        public String invoke(File workspace, VirtualChannel channel) throws InterruptedException {
            return new SocketReachability()
                    .tcp(host, port, Duration.ofMillis(millis))
                    .orElse("");
        }
    }

    private record Unix() implements ControllerToAgentFileCallable<String> {
        @Override
        public String invoke(File socket, VirtualChannel channel) throws InterruptedException {
            return new SocketReachability().unix(socket.toPath()).orElse("");
        }
    }

    /** In a container nobody is tried: who connects there in earnest says what is wrong. */
    static final class Untried implements Reachability {
        @Override
        public Optional<String> tcp(String host, int port, Duration limit) {
            return Optional.empty();
        }

        @Override
        public Optional<String> unix(Path socket) {
            return Optional.empty();
        }
    }
}
