package io.jenkins.plugins.buildkit.step;

import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.InputSpec;
import io.jenkins.plugins.buildkit.parameters.ParameterText;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** The arguments of {@code buildkitBuild} as scripts write them, and the step's properties. */
final class BuildArguments {
    /** What only other hosts read, and what says that there is no Docker: agents build with buildx. */
    private static final Set<String> ELSEWHERE = Set.of("summary", "github-token", "cache-token", "driver", "client");

    static final StepParameters PARAMETERS = StepParameters.of(
            "buildkitBuild",
            BuildInputs.ALL,
            ELSEWHERE,
            Set.of(
                    "secrets",
                    "ssh",
                    "registryCredentialsId",
                    "registryUrl",
                    "buildx",
                    "provenanceAttributes",
                    "sbomAttributes"));

    private BuildArguments() {}

    static Map<String, Object> read(Map<String, ?> arguments) {
        Map<String, Object> given = new LinkedHashMap<>(arguments);
        if (given.containsKey("secret") && !given.containsKey("secrets")) {
            given.put("secrets", given.remove("secret"));
        }
        StepParameters.Read read = PARAMETERS.read(given);
        List<String> problems = new ArrayList<>(read.problems());
        Map<String, Object> values = read.values();
        values.computeIfPresent(
                "secrets",
                (name, value) ->
                        items(name, value, BuildSecret.class, BuildSecret::ofText, BuildSecret::new, problems));
        values.computeIfPresent(
                "ssh", (name, value) -> items(name, value, BuildSsh.class, BuildSsh::ofText, BuildSsh::new, problems));
        if (!problems.isEmpty()) {
            throw BadArguments.of(StepFailure.ofTexts(PARAMETERS.step(), problems));
        }
        return AttestationArguments.apart(values);
    }

    /** Texts in the input's own syntax stay texts; maps name credentials. */
    private static <T> List<T> items(
            String name,
            Object value,
            Class<T> type,
            Function<String, T> ofText,
            BiFunction<String, String, T> ofCredentials,
            List<String> problems) {
        InputSpec spec = BuildInputs.ALL.named(name).orElseThrow();
        List<T> items = new ArrayList<>();
        if (!(value instanceof Iterable<?> list)) {
            items.add(ofText.apply(ParameterText.of(spec, value)));
            return items;
        }
        for (Object item : list) {
            if (type.isInstance(item)) {
                items.add(type.cast(item));
            } else if (item instanceof UninstantiatedDescribable describable) {
                credentials(name, describable.getArguments(), ofCredentials, items, problems);
            } else if (item instanceof Map<?, ?> map) {
                credentials(name, map, ofCredentials, items, problems);
            } else if (item != null) {
                items.add(ofText.apply(ParameterText.item(spec, item.toString())));
            }
        }
        return items;
    }

    private static <T> void credentials(
            String name,
            Map<?, ?> map,
            BiFunction<String, String, T> ofCredentials,
            List<T> items,
            List<String> problems) {
        Object id = map.get("id");
        Object credentials = map.get("credentialsId");
        for (Object key : map.keySet()) {
            if (!Set.of("id", "credentialsId", "$class").contains(String.valueOf(key))) {
                problems.add(name + ": unknown key '" + key + "'; accepted are id and credentialsId");
            }
        }
        if (id == null || credentials == null) {
            problems.add(name + ": an item needs both id and credentialsId, as in [id: 'npm', credentialsId: 'token']");
        } else {
            items.add(ofCredentials.apply(id.toString(), credentials.toString()));
        }
    }
}
