package io.jenkins.plugins.buildkit.step;

import hudson.model.Run;
import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.agent.Agent;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What credentials of Jenkins come to for one build. Its files lie in the build's private directory and go with it.
 *
 * @param inputs further items by the name of an input: {@code secrets} with {@code id=value} …
 * @param environment variables for the client: where its registry logins are
 * @param secrets every text that must not be seen
 */
public record Handed(Map<String, List<String>> inputs, Map<String, String> environment, List<String> secrets) {
    /** No credentials were asked for. */
    public static final Handed NOTHING = new Handed(Map.of(), Map.of(), List.of());

    public Handed {
        inputs = Map.copyOf(inputs);
        environment = Map.copyOf(environment);
        secrets = List.copyOf(secrets);
    }

    /** Looks credentials up and writes what the client needs of them; the same again after a restart. */
    public interface Source {
        /** Knows none. */
        Source NONE = (asked, run, agent, workspace) -> {
            if (asked.isEmpty()) {
                return NOTHING;
            }
            throw new IOException("credentials cannot be looked up here");
        };

        /** @throws IOException with a message for people when credentials are missing or of a kind that does not fit */
        Handed hand(CredentialsAsked asked, Run<?, ?> run, Agent agent, Workspace workspace)
                throws IOException, InterruptedException;
    }

    /** Counts only. */
    @Override
    public String toString() {
        return "Handed[" + inputs.keySet() + ", " + environment.keySet() + ", " + secrets.size() + " secrets]";
    }
}
