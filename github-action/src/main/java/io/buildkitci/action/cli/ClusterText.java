package io.buildkitci.action.cli;

import io.buildkitci.action.yaml.YamlText;
import io.buildkitci.json.JsonText;
import io.buildkitci.kubernetes.Manifests;
import io.buildkitci.model.Attributes;
import io.buildkitci.model.ClusterRequest;
import io.buildkitci.model.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code doctor --kubernetes} prints: for {@code kubectl apply -f -}. */
final class ClusterText {
    private ClusterText() {}

    static String of(ClusterRequest request, boolean json) {
        List<Map<String, Object>> manifests = Manifests.of(request);
        if (json) {
            Map<String, Object> list = new LinkedHashMap<>();
            list.put("apiVersion", "v1");
            list.put("kind", "List");
            list.put("items", manifests);
            return JsonText.pretty(list) + "\n";
        }
        return "# kubectl apply -f this, then, as the account " + Manifests.NAME + " of namespace "
                + request.namespace() + ":\n#   " + call(request) + "\n" + YamlText.documents(manifests);
    }

    /** The builder that these rights are for. */
    private static String call(ClusterRequest request) {
        CommandLineWords words = new CommandLineWords();
        boolean named = request.driverOpts().stream().anyMatch(o -> o.name().equals("namespace"));
        String namespace = named ? "" : " --driver-opts namespace=" + request.namespace();
        return words.call("create-builder", Map.of("driver", "kubernetes"))
                + namespace
                + request.driverOpts().stream()
                        .filter(o -> !o.name().startsWith("env.")) // which may be secrets
                        .map(ClusterText::option)
                        .collect(Collectors.joining());
    }

    private static String option(Setting option) {
        return " --driver-opts "
                + CommandLineWords.quoted(
                        Attributes.of(option.name(), option.value()).render());
    }
}
