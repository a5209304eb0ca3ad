package io.buildkitci.action.yaml;

import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.util.ArrayList;
import java.util.List;

/** Further nodes of a builder from the YAML of {@code append}. */
public record Nodes(List<RawInput> nodes, List<Problem> problems) {
    public static Nodes parse(RawInput inputs) {
        String yaml = inputs.get("append")
                .map(given -> given.value() instanceof RawValue.Text text ? text.text() : "")
                .orElse("");
        if (yaml.isBlank()) {
            return new Nodes(List.of(), List.of());
        }
        String word = inputs.get("append").map(RawInput.Given::word).orElse("append");
        List<RawInput> nodes = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        ConfigFile.maps(word, yaml).forEach(file -> {
            nodes.add(BuilderInputs.NODE.canonical(file.input()));
            problems.addAll(file.problems());
        });
        return new Nodes(nodes, problems);
    }
}
