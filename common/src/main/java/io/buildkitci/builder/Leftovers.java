package io.buildkitci.builder;

import io.buildkitci.builder.BuilderStore.StoredNode;
import io.buildkitci.process.ProcessRunner.Captured;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Containers and volumes of the docker-container driver, by the exact names that it gives them. */
final class Leftovers {
    private final DockerCli docker;

    Leftovers(DockerCli docker) {
        this.docker = docker;
    }

    /**
     * What was found and done.
     *
     * @param forced what was removed
     * @param left what could not be removed, or may be there because the engine did not answer
     * @param verified whether there was a docker program to ask with
     */
    record Sweep(List<String> forced, List<String> left, boolean verified) {
        Sweep {
            forced = List.copyOf(forced);
            left = List.copyOf(left);
        }
    }

    /** The container of a node if there is one; empty also when the engine cannot be asked. */
    Optional<String> container(StoredNode node) throws InterruptedException {
        if (!docker.isThere()) {
            return Optional.empty();
        }
        String name = node.container();
        return there(node, "container", name).filter(yes -> yes).map(yes -> name);
    }

    /** Containers of these nodes that are not there; one that cannot be asked for is none of them. */
    List<String> missing(List<StoredNode> nodes) throws InterruptedException {
        List<String> missing = new ArrayList<>();
        for (StoredNode node : docker.isThere() ? nodes : List.<StoredNode>of()) {
            if (there(node, "container", node.container()).equals(Optional.of(false))) {
                missing.add(node.container());
            }
        }
        return missing;
    }

    /** Whether the engine keeps state of such a node, from a builder that was removed without it. */
    boolean hasState(StoredNode node) throws InterruptedException {
        return docker.isThere() && there(node, "volume", volumeName(node)).orElse(false);
    }

    /**
     * The nodes of a builder that have a container on the engine of this environment, or a state; those only that buildx
     * named. Empty when the engine cannot be asked.
     */
    Optional<List<StoredNode>> nodes(String builder) throws InterruptedException {
        Pattern name = Pattern.compile("buildx_buildkit_(" + Pattern.quote(builder) + "\\d+)(?:_state)?");
        Set<String> nodes = new LinkedHashSet<>();
        for (List<String> question : List.of(
                List.of(
                        "container",
                        "ls",
                        "--all",
                        "--filter",
                        "name=buildx_buildkit_" + builder,
                        "--format",
                        "{{.Names}}"),
                List.of("volume", "ls", "--filter", "name=buildx_buildkit_" + builder, "--format", "{{.Name}}"))) {
            Optional<Captured> said = docker.isThere() ? Optional.of(docker.on("", question)) : Optional.empty();
            if (said.isEmpty() || !said.get().succeeded()) {
                return Optional.empty();
            }
            said.get().out().lines().map(name::matcher).filter(Matcher::matches).forEach(m -> nodes.add(m.group(1)));
        }
        return Optional.of(nodes.stream().map(n -> new StoredNode(n, "")).toList());
    }

    /** Removes what is left of nodes that buildx has removed. */
    Sweep sweep(List<StoredNode> nodes, boolean keepState) throws InterruptedException {
        List<String> forced = new ArrayList<>();
        List<String> left = new ArrayList<>();
        if (docker.isThere()) {
            for (StoredNode node : nodes) {
                remove(node, "container", node.container(), forced, left);
                if (!keepState) {
                    remove(node, "volume", volumeName(node), forced, left);
                }
            }
        }
        return new Sweep(forced, left, docker.isThere());
    }

    private void remove(StoredNode node, String kind, String name, List<String> forced, List<String> left)
            throws InterruptedException {
        Optional<Boolean> there = there(node, kind, name);
        if (there.isEmpty()) {
            left.add(kind + " " + name);
        } else if (there.get()) {
            Captured said = docker.on(node.endpoint(), List.of(kind, "rm", "--force", name));
            boolean gone = said.succeeded() && there(node, kind, name).equals(Optional.of(false));
            (gone ? forced : left).add(kind + " " + name);
        }
    }

    /** Whether there is one of exactly that name; empty when the engine does not answer. */
    private Optional<Boolean> there(StoredNode node, String kind, String name) throws InterruptedException {
        boolean container = kind.equals("container");
        Captured said = docker.on(
                node.endpoint(),
                container
                        ? List.of(kind, "ls", "--all", "--filter", "name=" + name, "--format", "{{.Names}}")
                        : List.of(kind, "ls", "--filter", "name=" + name, "--format", "{{.Name}}"));
        return said.succeeded() ? Optional.of(said.out().lines().anyMatch(name::equals)) : Optional.empty();
    }

    private static String volumeName(StoredNode node) {
        return node.container() + "_state";
    }
}
