package io.jenkins.plugins.buildkit.step;

import io.buildkitci.build.ClientRun;
import io.buildkitci.process.Command;
import io.buildkitci.process.Redactor;
import io.jenkins.plugins.buildkit.agent.Agent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client on an agent is to do, as this controller knows it; made anew after a restart, never kept.
 *
 * @param environment variables for the client besides its own: where logins and builders are
 * @param limit for all runs together
 * @param <T> what comes of it
 */
record DetachedWork<T>(ClientRun<T> run, Map<String, String> environment, Redactor redactor, Optional<Duration> limit) {
    DetachedWork {
        environment = Map.copyOf(environment);
    }

    Command command(Agent agent) {
        Map<String, String> all = new HashMap<>(agent.keptBuilders());
        all.putAll(environment);
        all.putAll(run.command().environment());
        return run.command().withEnvironment(all);
    }

    /** Names of variables only: values can be secrets. */
    @Override
    public String toString() {
        return "DetachedWork" + environment.keySet();
    }
}
