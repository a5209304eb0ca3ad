package io.jenkins.plugins.buildkit.forms;

import io.buildkitci.input.InputSpec;
import io.buildkitci.input.InputTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A step as its form and its documentation show it.
 *
 * @param symbol as pipelines call it
 * @param type the name of its class
 * @param table its inputs
 * @param elsewhere inputs that only other hosts have
 * @param own parameters that are no inputs, or that are more than a text here
 * @param first what the form shows without a click, in this order
 */
record StepForm(
        String symbol, String type, InputTable table, Set<String> elsewhere, List<Own> own, List<String> first) {
    StepForm {
        elsewhere = Set.copyOf(elsewhere);
        own = List.copyOf(own);
        first = List.copyOf(first);
    }

    /**
     * A parameter that the engine's table does not have, or not in this form.
     *
     * @param name as pipelines call it
     * @param after the parameter that it stands behind
     * @param property that its field in the form sets
     * @param field what is in the form's entry
     * @param title of the entry
     * @param text one line for the documentation and the help
     * @param example as a pipeline writes it
     */
    record Own(String name, String after, String property, String field, String title, String text, String example) {}

    /** One parameter: an input, one of our own, or an input in a form of our own. */
    record Parameter(String name, Optional<InputSpec> input, Optional<Own> own) {}

    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        for (InputSpec spec : table.specs()) {
            if (elsewhere.contains(spec.name())) {
                continue;
            }
            String name = Words.parameter(spec.name());
            all.add(new Parameter(name, Optional.of(spec), own(name)));
            own.stream()
                    .filter(o -> o.after().equals(name) && !o.name().equals(name))
                    .forEach(o -> all.add(new Parameter(o.name(), Optional.empty(), Optional.of(o))));
        }
        own.stream()
                .filter(o -> o.after().isEmpty()
                        && all.stream().noneMatch(p -> p.name().equals(o.name())))
                .forEach(o -> all.add(new Parameter(o.name(), Optional.empty(), Optional.of(o))));
        return all;
    }

    Stream<Parameter> shownFirst() {
        return first.stream()
                .map(name -> parameters().stream()
                        .filter(p -> p.name().equals(name))
                        .findFirst()
                        .orElseThrow());
    }

    Stream<Parameter> shownOnDemand() {
        return parameters().stream().filter(p -> !first.contains(p.name()));
    }

    private Optional<Own> own(String name) {
        return own.stream().filter(o -> o.name().equals(name)).findFirst();
    }
}
