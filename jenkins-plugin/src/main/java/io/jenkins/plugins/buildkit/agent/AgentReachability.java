package io.jenkins.plugins.buildkit.agent;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.buildkitci.local.SocketReachability;
import io.buildkitci.process.Reachability;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
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
    public Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) throws InterruptedException {
        Files files = new Files(
                tls.authority().orElse(""),
                tls.certificate().orElse(""),
                tls.key().orElse(""),
                tls.serverName().orElse(""));
        return ask("", new Tcp(host, port, files, limit.toMillis())).map(AgentReachability::refusal);
    }

    private static Refusal refusal(String answer) {
        int end = answer.indexOf(' ');
        return new Refusal(Wrong.valueOf(answer.substring(0, end)), answer.substring(end + 1));
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

    /** As they travel; empty where there is none. */
    private record Files(String authority, String certificate, String key, String serverName) implements Serializable {
        Tls tls() {
            return new Tls(some(authority), some(certificate), some(key), some(serverName));
        }

        private static Optional<String> some(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
    }

    private record Tcp(String host, int port, Files files, long millis)
            implements ControllerToAgentFileCallable<String> {
        @Override
        public String invoke(File workspace, VirtualChannel channel) throws InterruptedException {
            return new SocketReachability()
                    .tcp(host, port, files.tls(), Duration.ofMillis(millis))
                    .map(refusal -> refusal.wrong() + " " + refusal.why())
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
        public Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) {
            return Optional.empty();
        }

        @Override
        public Optional<String> unix(Path socket) {
            return Optional.empty();
        }
    }
}
