package io.buildkitci.action.it;

import io.buildkitci.action.it.RunnerStep.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Steps of one action, one after the other, and what has to come of them.
 *
 * @param steps inputs of each
 * @param check told how each ended
 */
record InputsCase(String name, List<Map<String, String>> steps, Prepare prepare, Check check) {
    InputsCase {
        steps = List.copyOf(steps);
    }

    /** Files that the steps find in the workspace. */
    @FunctionalInterface
    interface Prepare {
        void in(RunnerJob job) throws Exception;
    }

    @FunctionalInterface
    interface Check {
        void on(List<Told> told, RunnerJob job) throws Exception;
    }

    static InputsCase of(String name, Prepare prepare) {
        return new InputsCase(name, List.of(), prepare, (told, job) -> {});
    }

    InputsCase step(Map<String, String> inputs) {
        List<Map<String, String>> all = new ArrayList<>(steps);
        all.add(Map.copyOf(inputs));
        return new InputsCase(name, all, prepare, check);
    }

    InputsCase then(Check expected) {
        return new InputsCase(name, steps, prepare, expected);
    }

    /** Inputs that it gives. */
    Set<String> given() {
        Set<String> names = new TreeSet<>();
        steps.forEach(inputs -> names.addAll(inputs.keySet()));
        return names;
    }

    void run(String action, RunnerJob job) throws Exception {
        prepare.in(job);
        List<Told> told = new ArrayList<>();
        for (Map<String, String> inputs : steps) {
            told.add(job.step(action).inputs(inputs).main());
        }
        check.on(told, job);
    }

    @Override
    public String toString() {
        return name;
    }
}
