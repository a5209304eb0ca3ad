package io.jenkins.plugins.buildkit.credentials;

import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.agent.Agent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What credentials came to, before it is written for the client. */
final class Material {
    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<Item> items = new ArrayList<>();
    private final List<String> hidden = new ArrayList<>();
    private Optional<RegistryLogin> login = Optional.empty();

    /** One item of an input: an id and its files. */
    private record Item(String input, String id, List<String> names) {
        String text(Path directory) {
            return names.stream()
                    .map(name -> directory.resolve(name).toString().replace('\\', '/'))
                    .collect(Collectors.joining(",", id + "=", ""));
        }
    }

    /** A text that must not be seen. */
    void hide(String secret) {
        hidden.add(secret);
    }

    void logIn(RegistryLogin made) {
        login = Optional.of(made);
        hide(made.auth());
    }

    /** @param contents of the files that an item of an input names */
    void add(String input, String id, List<byte[]> contents) {
        List<String> names = new ArrayList<>();
        for (byte[] content : contents) {
            String name = "credentials-" + files.size();
            files.put(name, content);
            names.add(name);
        }
        items.add(new Item(input, id, List.copyOf(names)));
    }

    Handed write(Agent agent, Workspace workspace) throws IOException {
        if (!files.isEmpty()) {
            agent.keep(workspace, files);
        }
        Map<String, List<String>> inputs = new HashMap<>();
        for (Item item : items) {
            inputs.computeIfAbsent(item.input(), input -> new ArrayList<>()).add(item.text(workspace.path()));
        }
        Map<String, String> environment = login.isPresent() ? agent.withDockerConfig(workspace, login.get()) : Map.of();
        return new Handed(inputs, environment, hidden);
    }
}
