package io.jenkins.plugins.buildkit.config;

import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * The agents of this Jenkins, as their configuration describes them: nothing is asked of them.
 *
 * @param here name of the agent on which the builder is made
 */
record JenkinsAgents(String here) implements AgentEndpoints {
    @Override
    public List<Place> of(String label, String variable) {
        Label parsed = Jenkins.get().getLabel(label);
        List<Place> places = new ArrayList<>();
        if (parsed != null) {
            for (Node node : parsed.getNodes()) {
                Computer computer = node.toComputer();
                if (computer != null && computer.isOnline()) {
                    places.add(place(node, variable));
                }
            }
        }
        places.sort(Comparator.comparing(Place::agent));
        return places;
    }

    private Place place(Node node, String variable) {
        EnvironmentVariablesNodeProperty variables = node.getNodeProperty(EnvironmentVariablesNodeProperty.class);
        String endpoint = variables == null ? "" : variables.getEnvVars().getOrDefault(variable, "");
        return new Place(node.getNodeName(), node.getNodeName().equals(here), endpoint.strip());
    }
}
