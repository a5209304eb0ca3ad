package io.jenkins.plugins.buildkit.step;

import hudson.remoting.VirtualChannel;
import io.buildkitci.build.Tools;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Reachability;
import io.buildkitci.process.Workspaces;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import java.util.logging.Level;

/**
 * The agent of a build over its connections: a build that began on one connection and ends on another works with the one
 * that is there.
 */
final class LiveAgent {
    private final DurableExecution<?> execution;
    private Agent agent;
    private VirtualChannel connection;

    private LiveAgent(DurableExecution<?> execution, Agent agent, VirtualChannel connection) {
        this.execution = execution;
        this.agent = agent;
        this.connection = connection;
    }

    static LiveAgent of(DurableExecution<?> execution, Place place) throws IOException, InterruptedException {
        return new LiveAgent(
                execution,
                Agent.of(place.directory(), place.launcher(), place.environment()),
                place.directory().getChannel());
    }

    /** On the connection that is there now; on the last one while there is none. */
    synchronized Agent now() {
        try {
            Place place = execution.place();
            if (place.directory().getChannel() != connection) {
                agent = Agent.of(place.directory(), place.launcher(), place.environment());
                connection = place.directory().getChannel();
            }
        } catch (IOException away) {
            Faults.LOGGER.log(Level.FINE, "the agent is away", away);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // for the call that this is for
        }
        return agent;
    }

    /** Its ports, each call on the connection of its time. */
    synchronized Tools tools() {
        Tools first = agent.tools();
        return new Tools(
                first.platform(),
                port(ProcessRunner.class, Tools::processes),
                port(HostFiles.class, Tools::files),
                port(Workspaces.class, Tools::workspaces),
                port(DockerEngine.class, Tools::engine),
                port(Reachability.class, Tools::reachability),
                first.clock());
    }

    private <T> T port(Class<T> type, Function<Tools, T> port) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    try {
                        return method.invoke(port.apply(now().tools()), given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
