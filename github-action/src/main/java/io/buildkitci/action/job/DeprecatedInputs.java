package io.buildkitci.action.job;

import io.buildkitci.input.Notice;
import io.buildkitci.input.RawInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inputs that older versions of a peer had: those that live on under another name, and those that do nothing any more.
 *
 * @param inputs without the old names
 */
public record DeprecatedInputs(RawInput inputs, List<Notice> notices) {
    /**
     * Of docker/setup-buildx-action 1 to 3; version 4 dropped them. Those of docker/setup-qemu-action and, from version
     * 2 on, of docker/build-push-action are all still there.
     */
    private static final List<Entry> CREATE_BUILDER = List.of(
            Entry.renamed("config", "buildkitd-config"),
            Entry.renamed("config-inline", "buildkitd-config-inline"),
            Entry.gone(
                    "install",
                    "does nothing: 'docker build' is buildx by itself since Docker 23; set BUILDX_BUILDER to the"
                            + " builder's name to make it use this builder"));

    public DeprecatedInputs {
        notices = List.copyOf(notices);
    }

    /** One old name. */
    private record Entry(String name, Optional<String> now, String notice) {
        static Entry renamed(String name, String now) {
            return new Entry(name, Optional.of(now), "is deprecated; write " + now);
        }

        static Entry gone(String name, String notice) {
            return new Entry(name, Optional.empty(), notice);
        }

        /** An input that was declared and not given is empty, and {@code install} had a default. */
        boolean asksForNothing(RawInput.Given given) {
            String text = RawText.of(given.value());
            return text.isBlank() || (now.isEmpty() && text.equalsIgnoreCase("false"));
        }
    }

    /** The inputs of {@code create-builder}. Old and new name together stay, for checking to complain of. */
    public static DeprecatedInputs ofBuilder(RawInput raw) {
        return replace(raw, CREATE_BUILDER);
    }

    private static DeprecatedInputs replace(RawInput raw, List<Entry> entries) {
        Map<String, RawInput.Given> left = new LinkedHashMap<>(raw.given());
        List<Notice> notices = new ArrayList<>();
        for (Entry entry : entries) {
            RawInput.Given given = left.remove(entry.name());
            if (given == null || entry.asksForNothing(given)) {
                continue;
            }
            notices.add(new Notice(given.word(), entry.notice()));
            entry.now().ifPresent(now -> left.put(RawText.of(raw, now).isBlank() ? now : entry.name(), given));
        }
        return new DeprecatedInputs(new RawInput(left), notices);
    }
}
