package io.jenkins.plugins.buildkit.config;

import hudson.model.Label;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import io.jenkins.plugins.buildkit.agent.NodeBuilders;
import io.jenkins.plugins.buildkit.housekeeping.BuilderLedger;
import io.jenkins.plugins.buildkit.housekeeping.BuilderUse;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.Jenkins;

/** A builder of the form, tried on an agent that a person names. */
final class Trial {
    private Trial() {}

    /** @param label of an agent, or its name; empty text for the controller's own node */
    static FormValidation of(BuilderConfig config, String label) throws InterruptedException {
        Optional<Node> node = node(label);
        if (node.isEmpty()) {
            return FormValidation.error("no agent with the label '" + label + "' is online");
        }
        String agent = node.get().getNodeName();
        ConfiguredBuilder configured = JenkinsBuilders.on(config, agent);
        try {
            AgentBuilders.Finding finding = NodeBuilders.of(node.get(), TaskListener.NULL);
            if (finding instanceof AgentBuilders.Missing missing) {
                return FormValidation.error(
                        missing.failure().text() + ". " + missing.failure().advice());
            }
            BuilderLedger ledger = BuilderLedger.get();
            ConnectionTest test = new ConnectionTest(((AgentBuilders.Found) finding).builders(), new TlsCredentials());
            return test.run(configured, new ConnectionTest.Notes() {
                @Override
                public void made(String builder) throws IOException {
                    ledger.note(BuilderUse.trial(agent, builder));
                }

                @Override
                public void removed(String builder) throws IOException {
                    ledger.forget(agent, builder);
                }
            });
        } catch (IOException e) {
            return FormValidation.error("not tried: " + e.getMessage());
        }
    }

    private static Optional<Node> node(String label) {
        if (label.isEmpty()) {
            return Optional.ofNullable(Jenkins.get().toComputer()).flatMap(c -> Optional.ofNullable(c.getNode()));
        }
        Label parsed = Jenkins.get().getLabel(label);
        return parsed == null
                ? Optional.empty()
                : parsed.getNodes().stream().filter(Trial::isOnline).findFirst();
    }

    private static boolean isOnline(Node node) {
        var computer = node.toComputer();
        return computer != null && computer.isOnline();
    }
}
