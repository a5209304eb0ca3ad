package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.plan.BuildPlan.Staged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Outputs of targets of a definition that are files, see {@link StagedOutputs}. buildx adds up what overrides say of the
 * outputs of a target, so where ours name them, all of them are named and those of the person are left out.
 *
 * @param staged by target: what is put in place after success
 * @param overrides {@code <target>.output=<entry>}, those of the person among them
 */
record StagedTargets(Map<String, List<Staged>> staged, List<String> overrides) {
    private static final Pattern OF_OUTPUTS = Pattern.compile("[^.=]+\\.output\\+?=.*", Pattern.DOTALL);

    /**
     * @param targets as buildx printed them, with all overrides
     * @param set overrides of the person
     */
    static StagedTargets of(Map<String, BuildRequest> targets, List<String> set, RunPlace place) {
        Map<String, List<Staged>> staged = new LinkedHashMap<>();
        List<String> named = new ArrayList<>();
        boolean said = set.stream().anyMatch(StagedTargets::isOfOutputs);
        targets.forEach((name, target) -> {
            StagedOutputs own = StagedOutputs.of(target.delivery(), "." + name, place);
            if (!own.staged().isEmpty()) {
                staged.put(name, own.staged());
            }
            if (said || !own.staged().isEmpty()) {
                named.addAll(overrides(name, own.outputs()));
            }
        });
        if (staged.isEmpty()) {
            return new StagedTargets(Map.of(), set);
        }
        set.stream().filter(override -> !isOfOutputs(override)).forEach(named::add);
        return new StagedTargets(staged, named);
    }

    private static boolean isOfOutputs(String override) {
        return OF_OUTPUTS.matcher(override).matches();
    }

    private static List<String> overrides(String name, List<OutputSpec> outputs) {
        String key = name + ".output=";
        return outputs.isEmpty()
                ? List.of(key)
                : outputs.stream().map(output -> key + output.render()).toList();
    }
}
