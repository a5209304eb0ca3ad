package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One toleration as buildx writes it: {@code key=…,operator=…,value=…,effect=…,tolerationSeconds=…}. */
final class Toleration {
    private static final Set<String> FIELDS = Set.of("key", "operator", "value", "effect", "tolerationSeconds");
    private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private Toleration() {}

    /** buildx passes over a part without '=' or with two, so that a pod is not scheduled and nobody knows why. */
    static void check(String text) throws InvalidValue {
        Map<String, String> fields = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String[] field = part.split("=", -1);
            if (field.length != 2 || !FIELDS.contains(field[0])) {
                throw wrong(
                        text,
                        "'" + part + "' is not key=…, operator=…, value=…, effect=… or tolerationSeconds=…"
                                + Nearest.hint(field[0], FIELDS.stream()));
            }
            if (fields.put(field[0], field[1]) != null) {
                throw wrong(text, "'" + field[0] + "' is given twice; ';' parts one toleration from the next");
            }
        }
        checkTogether(text, fields);
    }

    private static void checkTogether(String text, Map<String, String> fields) throws InvalidValue {
        String key = fields.getOrDefault("key", "");
        String operator = fields.getOrDefault("operator", "Equal");
        String effect = fields.getOrDefault("effect", "");
        if (!key.isEmpty()) {
            KubernetesNames.key(key);
        }
        if (!operator.equals("Equal") && !operator.equals("Exists")) {
            throw wrong(text, "the operator is Equal or Exists");
        }
        if (operator.equals("Equal") && key.isEmpty()) {
            throw wrong(text, "without a key the operator must be Exists");
        }
        if (operator.equals("Exists") && !fields.getOrDefault("value", "").isEmpty()) {
            throw wrong(text, "operator Exists takes no value");
        }
        KubernetesNames.value(fields.getOrDefault("value", ""));
        if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
            throw wrong(text, "the effect is NoSchedule, PreferNoSchedule or NoExecute");
        }
        String seconds = fields.getOrDefault("tolerationSeconds", "");
        if (fields.containsKey("tolerationSeconds") && !seconds.matches("\\d{1,9}")) {
            throw wrong(text, "tolerationSeconds is a whole number");
        }
        if (!seconds.isEmpty() && !effect.equals("NoExecute")) {
            throw wrong(text, "tolerationSeconds is for effect NoExecute only");
        }
    }

    private static InvalidValue wrong(String text, String reason) {
        return new InvalidValue(text, reason);
    }
}
