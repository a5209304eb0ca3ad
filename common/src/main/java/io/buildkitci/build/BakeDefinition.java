package io.buildkitci.build;

import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Notice;
import io.buildkitci.input.Problem;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.Attributes;
import io.buildkitci.model.BuildRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code buildx bake --print} says would be built.
 *
 * @param targets by their names: each as the request of a build that would do the same, as far as plans and reports
 *     depend on it
 * @param problems what is wrong with them
 * @param notices what a person should know of them
 */
record BakeDefinition(Map<String, BuildRequest> targets, List<Problem> problems, List<Notice> notices) {
    /** Inputs of a build by the names that bake has for them. */
    private static final Map<String, String> LISTS = Map.of(
            "tags", "tags",
            "output", "outputs",
            "cache-from", "cache-from",
            "cache-to", "cache-to",
            "attest", "attests",
            "annotations", "annotations",
            "entitlements", "allow");

    private static final Map<String, String> TEXTS = Map.of(
            "target", "target", "network", "network", "shm-size", "shm-size", "context", "context", "call", "call");

    BakeDefinition {
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        problems = List.copyOf(problems);
        notices = List.copyOf(notices);
    }

    /**
     * @param json as it was printed
     * @param variable of the environment that the client gets
     */
    static BakeDefinition parse(String json, Optional<String> builder, Function<String, Optional<String>> variable) {
        Map<String, BuildRequest> targets = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        PlainJson all = PlainJson.parse(json).object("target");
        for (Object key : all.fields().keySet()) {
            String name = String.valueOf(key);
            Checked<BuildRequest> checked = BakeInputs.target(name, inputs(all.object(name)), builder, variable);
            notices.addAll(checked.notices());
            if (checked instanceof Checked.Valid<BuildRequest> valid) {
                targets.put(name, valid.value());
            } else if (checked instanceof Checked.Invalid<BuildRequest> invalid) {
                problems.addAll(invalid.problems());
            }
        }
        return new BakeDefinition(targets, problems, notices);
    }

    private static List<BakeInputs.Input> inputs(PlainJson target) {
        List<BakeInputs.Input> inputs = new ArrayList<>();
        LISTS.forEach((key, input) -> inputs.add(new BakeInputs.Input(input, items(target.values(key)))));
        List<String> platforms = new ArrayList<>(); // an override may hold several, with commas between
        for (String item : items(target.values("platforms"))) {
            platforms.addAll(List.of(item.split("\\s*,\\s*", -1)));
        }
        inputs.add(new BakeInputs.Input("platforms", platforms));
        TEXTS.forEach((key, input) -> {
            String text = target.text(key);
            inputs.add(new BakeInputs.Input(input, text.isEmpty() ? List.of() : List.of(text)));
        });
        List<String> labels = new ArrayList<>();
        target.object("labels").fields().forEach((name, value) -> labels.add(name + "=" + value));
        inputs.add(new BakeInputs.Input("labels", labels));
        return inputs;
    }

    /** Attributes are objects; older versions of buildx print them as they were written. */
    private static List<String> items(List<?> values) {
        List<String> items = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Map<?, ?> fields) {
                Map<String, String> attributes = new LinkedHashMap<>();
                Object type = fields.get("type");
                if (type != null) {
                    attributes.put("type", String.valueOf(type));
                }
                fields.forEach((name, text) -> attributes.put(String.valueOf(name), String.valueOf(text)));
                items.add(new Attributes(attributes).render());
            } else {
                items.add(String.valueOf(value));
            }
        }
        return items;
    }
}
