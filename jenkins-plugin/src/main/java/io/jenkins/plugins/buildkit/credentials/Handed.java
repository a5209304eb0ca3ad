package io.jenkins.plugins.buildkit.credentials;

import java.util.List;
import java.util.Map;

/**
 * What credentials of Jenkins come to for one build. Its files lie in the build's private directory and go with it.
 *
 * @param inputs further items by the name of an input: {@code secret-files} with {@code id=path} …
 * @param environment variables for the client: where its registry logins are
 * @param secrets every text that must not be seen
 */
public record Handed(Map<String, List<String>> inputs, Map<String, String> environment, List<String> secrets)
        implements CredentialsAnswer {
    /** No credentials were asked for. */
    public static final Handed NOTHING = new Handed(Map.of(), Map.of(), List.of());

    public Handed {
        inputs = Map.copyOf(inputs);
        environment = Map.copyOf(environment);
        secrets = List.copyOf(secrets);
    }

    /** Counts only. */
    @Override
    public String toString() {
        return "Handed[" + inputs.keySet() + ", " + environment.keySet() + ", " + secrets.size() + " secrets]";
    }
}
