package io.buildkitci.failure;

import io.buildkitci.model.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One error text to look at, with what is known around it. What a step printed is no error text.
 *
 * @param step the step whose error it is; empty for the client's
 * @param warnings of BuildKit's checks, for the whole build
 */
record Symptom(
        String error, Optional<FailedStep> step, Optional<Place> place, Set<Platform> emulated, List<String> warnings) {
    Symptom {
        warnings = List.copyOf(warnings);
    }

    private static final Pattern PUSHED = Pattern.compile("failed to push (\\S+):");
    private static final Pattern PULLED = Pattern.compile("failed to resolve source metadata for (\\S+):");
    private static final Pattern LOADED =
            Pattern.compile("^(?:\\[internal\\] load metadata for |resolve image config for docker-image://)(\\S+)");
    private static final Pattern REGISTRY = Pattern.compile("^([^/]*[.:][^/]*|localhost)/");
    private static final Pattern ADDRESS = Pattern.compile("https?://([^/\\s\"']+)");

    /** The step's name; empty where there is no step. */
    String during() {
        return step.map(FailedStep::name).orElse("");
    }

    /** Whether the step ran on an emulator; a step that does not name its platform may have, if any did. */
    boolean onEmulator() {
        return step.flatMap(FailedStep::platform).map(emulated::contains).orElse(!emulated.isEmpty());
    }

    /** What messages can name: the step, its platform, the image, what was done with it and the host that answered. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("step", step.map(FailedStep::instruction).orElse("a step"));
        facts.put("platform", platform());
        facts.put("image", "the image");
        facts.put("doing", "a request");
        facts.put("host", "the registry");
        first(LOADED, during()).or(() -> first(PULLED, error)).ifPresent(image -> {
            facts.put("image", image);
            facts.put("doing", "reading " + image);
        });
        first(PUSHED, error).ifPresent(image -> {
            facts.put("image", image);
            facts.put("doing", "the push of " + image);
        });
        first(REGISTRY, facts.getOrDefault("image", "")).ifPresent(host -> facts.put("host", host));
        first(ADDRESS, error).ifPresent(host -> facts.put("host", host));
        return facts;
    }

    private String platform() {
        return step.flatMap(FailedStep::platform).map(Platform::render).orElse("this platform");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
