package io.jenkins.plugins.buildkit.config;

import io.buildkitci.model.InvalidValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** When a configured builder is removed from an agent again. */
public enum Cleanup {
    /** When no build has used it for some days. */
    UNUSED("When no build has used it for some days"),
    /** When the build ends for which it was made. */
    BUILD("When the build ends for which it was made"),
    /** Never; a person removes it. */
    NEVER("Never");

    private final String sentence;

    Cleanup(String sentence) {
        this.sentence = sentence;
    }

    /** As a form shows it. */
    String sentence() {
        return sentence;
    }

    static Cleanup parse(String text) throws InvalidValue {
        for (Cleanup cleanup : values()) {
            if (cleanup.render().equals(text)) {
                return cleanup;
            }
        }
        String accepted = Arrays.stream(values()).map(Cleanup::render).collect(Collectors.joining(", "));
        throw new InvalidValue(text, "unknown clean-up; accepted are " + accepted);
    }

    /** As configuration has it. */
    public String render() {
        return name().toLowerCase(Locale.ROOT);
    }
}
