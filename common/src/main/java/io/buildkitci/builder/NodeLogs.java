package io.buildkitci.builder;

import io.buildkitci.builder.BuilderStore.Stored;
import io.buildkitci.builder.BuilderStore.StoredNode;
import io.buildkitci.model.Driver;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the daemons of a docker-container builder wrote last. */
final class NodeLogs {
    private static final int LINES = 500;
    private static final int LONGEST_LINE = 2000;

    private final DockerCli docker;

    NodeLogs(DockerCli docker) {
        this.docker = docker;
    }

    List<NodeLog> read(Stored builder) throws InterruptedException {
        if (!builder.driver().equals(Driver.DOCKER_CONTAINER.render()) || !docker.isThere()) {
            return List.of();
        }
        List<NodeLog> logs = new ArrayList<>();
        for (StoredNode node : builder.nodes()) {
            logs.add(read(node));
        }
        return logs;
    }

    /** A container's two streams come on the two streams of {@code docker logs}; its complaints on the second, too. */
    private NodeLog read(StoredNode node) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        List<String> call = List.of("logs", "--tail", Integer.toString(LINES), node.container());
        Outcome outcome = docker.on(node.endpoint(), call, (stream, line) -> {
            if (stream == LineListener.Stream.ERR) {
                complaints.add(line);
            }
            lines.add(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…");
        });
        return outcome.succeeded()
                ? new NodeLog(
                        node.name(), lines.subList(Math.max(0, lines.size() - LINES), lines.size()), Optional.empty())
                : new NodeLog(node.name(), List.of(), Optional.of(why(outcome, complaints)));
    }

    private static String why(Outcome outcome, List<String> complaints) {
        if (outcome instanceof Outcome.NotStarted notStarted) {
            return notStarted.reason();
        }
        return complaints.isEmpty() ? "docker logs failed" : complaints.get(complaints.size() - 1);
    }
}
