package io.jenkins.plugins.buildkit.config;

import io.buildkitci.input.Problem;
import io.buildkitci.model.Driver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes of a configured builder: those that name agents become one for each agent. */
final class ConfiguredNodes {
    static final String BOTH = "an endpoint and an agent label are given; drop one";

    private final String driver;
    private final AgentEndpoints agents;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    ConfiguredNodes(String driver, AgentEndpoints agents) {
        this.driver = driver;
        this.agents = agents;
    }

    /**
     * A node.
     *
     * @param inputs by the names of create-builder; without those that are empty
     * @param tls ID of its credentials; empty text for none
     */
    record Node(Map<String, String> inputs, String tls) {}

    static String noAgents(String driver) {
        return "driver " + driver + " takes no agents; only docker-container and remote have nodes on them";
    }

    static String noTls(String driver) {
        return "only driver remote uses TLS credentials, not " + driver
                + "; for docker-container, name a Docker context of the agent as the endpoint";
    }

    /** @param word what a person calls a field of the node, for messages */
    void add(NodeConfig node, Word word) {
        if (!node.getTlsCredentialsId().isEmpty() && !driver.equals(Driver.REMOTE.render())) {
            problems.add(new Problem(word.of("tlsCredentialsId"), "", noTls(driver)));
        }
        if (node.getAgentLabel().isEmpty()) {
            nodes.add(node(node, node.getEndpoint()));
        } else if (!node.getEndpoint().isEmpty()) {
            problems.add(new Problem(word.of("agentLabel"), "", BOTH));
        } else {
            addAgents(node, word);
        }
    }

    /** From a field to what a person calls it. */
    interface Word {
        String of(String field);
    }

    private void addAgents(NodeConfig node, Word word) {
        boolean container = driver.equals(Driver.DOCKER_CONTAINER.render());
        if (!container && !driver.equals(Driver.REMOTE.render())) {
            problems.add(new Problem(word.of("agentLabel"), "", noAgents(driver)));
            return;
        }
        String variable = container ? "DOCKER_HOST" : "BUILDKIT_HOST";
        List<AgentEndpoints.Place> places = agents.of(node.getAgentLabel(), variable).stream()
                .filter(place -> !place.endpoint().isEmpty() || (container && place.here()))
                .toList();
        if (places.isEmpty()) {
            problems.add(new Problem(
                    word.of("agentLabel"),
                    node.getAgentLabel(),
                    "no agent with this label is online and says where its engine is; set " + variable
                            + " among the environment variables of the agent's configuration"));
        }
        places.forEach(place -> nodes.add(node(node, container && place.here() ? "" : place.endpoint())));
    }

    private static Node node(NodeConfig node, String endpoint) {
        Map<String, String> inputs = new LinkedHashMap<>();
        put(inputs, "endpoint", endpoint);
        put(inputs, "platforms", node.getPlatforms());
        put(inputs, "driver-opts", node.getDriverOpts());
        put(inputs, "buildkitd-flags", node.getBuildkitdFlags());
        return new Node(inputs, node.getTlsCredentialsId());
    }

    private static void put(Map<String, String> inputs, String name, String value) {
        if (!value.isEmpty()) {
            inputs.put(name, value);
        }
    }

    /** In the order in which they were configured, those of one label in that of the agents' names. */
    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
