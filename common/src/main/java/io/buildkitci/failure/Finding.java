package io.buildkitci.failure;

import io.buildkitci.words.HostWords;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a rule makes of a symptom.
 *
 * @param message template of the failure's message
 * @param advice template that is more precise than the code's own; empty where the code's will do
 * @param facts what the templates name
 */
record Finding(FailureCode code, String message, Optional<String> advice, Map<String, String> facts) {
    private static final int LONGEST = 240;
    private static final Pattern REGISTRY_PATH =
            Pattern.compile("(https?://[^/\\s\"]+)/v2/[^\\s\":]*(?::[0-9a-f]{64})?");

    Finding {
        facts = Map.copyOf(facts);
    }

    static Finding of(FailureCode code, String message) {
        return new Finding(code, message, Optional.empty(), Map.of());
    }

    Finding with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putAll(facts);
        return new Finding(code, message, advice, all);
    }

    Finding advising(String text) {
        return new Finding(code, message, Optional.of(text), facts);
    }

    String message(HostWords words) {
        return new Template(message).fill(this::fact, words);
    }

    String advice(HostWords words) {
        return advice.map(text -> new Template(text).fill(this::fact, words)).orElseGet(() -> code.advice(words));
    }

    private String fact(String name) {
        String text = facts.getOrDefault(name, "?").replaceAll("\\s+", " ").strip();
        text = REGISTRY_PATH.matcher(text).replaceAll("$1");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
