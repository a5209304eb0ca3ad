package io.buildkitci.builder;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import io.buildkitci.model.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The arguments of {@code buildx create}: one call for a builder's first node, one with {@code --append} for each more. Never
 * {@code --use}: a builder becomes the current one only when it runs.
 */
final class CreateArguments {
    private CreateArguments() {}

    /**
     * @param config file with the daemons' configuration
     * @param buildx its version, where it is known
     */
    static List<List<String>> render(BuilderSpec spec, String name, Optional<Path> config, Optional<Version> buildx) {
        List<List<String>> calls = new ArrayList<>();
        for (NodeSpec node : spec.nodes()) {
            List<String> call = new ArrayList<>(List.of("create", "--name", name));
            call.addAll(List.of("--driver", spec.driver().render()));
            if (!calls.isEmpty()) {
                call.add("--append");
            }
            node(node, call);
            config.ifPresent(file -> call.addAll(List.of(configFlag(buildx), file.toString())));
            node.endpoint().ifPresent(call::add);
            calls.add(List.copyOf(call));
        }
        return calls;
    }

    private static void node(NodeSpec node, List<String> call) {
        node.name().ifPresent(n -> call.addAll(List.of("--node", n)));
        for (Setting option : node.driverOpts()) {
            call.addAll(List.of(
                    "--driver-opt", Attributes.of(option.name(), option.value()).render()));
        }
        if (!node.buildkitdFlags().isEmpty()) {
            String flags =
                    node.buildkitdFlags().stream().map(CreateArguments::word).collect(Collectors.joining(" "));
            call.addAll(List.of("--buildkitd-flags", flags));
        }
        if (!node.platforms().isEmpty()) {
            String platforms = node.platforms().stream().map(Platform::render).collect(Collectors.joining(","));
            call.addAll(List.of("--platform", platforms));
        }
    }

    /** The flags are one text that buildx splits as a shell does. */
    private static String word(String flag) {
        boolean plain =
                !flag.isEmpty() && flag.chars().noneMatch(c -> Character.isWhitespace(c) || "'\"\\".indexOf(c) >= 0);
        return plain ? flag : "'" + flag.replace("'", "'\"'\"'") + "'";
    }

    /** Renamed in 0.13; the old name still works in 0.36, but is hidden there. */
    private static String configFlag(Optional<Version> buildx) {
        boolean old = buildx.isPresent() && !buildx.get().atLeast(0, 14);
        return old ? "--config" : "--buildkitd-config";
    }
}
