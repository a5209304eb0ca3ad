package io.buildkitci.progress;

import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a vertex, taken apart: {@code [web linux/amd64->arm64 builder 3/5] RUN make}. Every part in the brackets
 * may be missing; the platform is, where only one is built and in stages without a base image.
 *
 * @param text as BuildKit wrote it
 * @param target the target of a bake file that it belongs to; empty outside bake
 * @param platform what it runs on
 * @param output the platform that it makes something for, where that is another
 * @param stage name of the stage; empty where a Dockerfile has one without a name
 * @param number of the step in its stage, from 1; 0 when it has none
 * @param of how many steps the stage has; 0 when the step has no number
 * @param command what follows the brackets
 */
public record StepName(
        String text,
        StepKind kind,
        String target,
        Optional<Platform> platform,
        Optional<Platform> output,
        String stage,
        int number,
        int of,
        String command) {
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]\\n]+)\\] ?(.*)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
    private static final Pattern PLATFORM =
            Pattern.compile("([a-z]\\w*)(?:\\([^)]*\\))?/(\\w+(?:/\\w+)?)(?:->(\\S+))?");

    /** Never fails: what is not understood is all command. */
    public static StepName parse(String text) {
        Matcher matcher = BRACKETS.matcher(text);
        if (!matcher.matches()) {
            return plain(text, StepKind.ofPhase(text, StepKind.OTHER), "", text);
        }
        List<String> words = new ArrayList<>(List.of(matcher.group(1).strip().split(" +")));
        String command = matcher.group(2);
        Matcher number = NUMBER.matcher(words.get(words.size() - 1));
        if (number.matches()) {
            words.remove(words.size() - 1);
            return step(text, words, number, command);
        }
        return phase(text, words, command);
    }

    private static StepName step(String text, List<String> words, Matcher number, String command) {
        Platforms platforms = Platforms.takenFrom(words);
        String stage = words.isEmpty() ? "" : words.remove(words.size() - 1);
        return new StepName(
                text,
                StepKind.ofInstruction(command),
                String.join(" ", words),
                platforms.platform(),
                platforms.output(),
                stage,
                Integer.parseInt(number.group(1)),
                Integer.parseInt(number.group(2)),
                command);
    }

    /** {@code [web linux/amd64 internal] load metadata for …} or, in a bake, {@code [web] exporting to image}. */
    private static StepName phase(String text, List<String> words, String command) {
        Platforms platforms = Platforms.takenFrom(words);
        StepKind kind = words.size() == 1 ? StepKind.ofPhase(command, StepKind.INTERNAL) : StepKind.INTERNAL;
        if (kind == StepKind.INTERNAL && !words.isEmpty()) {
            words.remove(words.size() - 1);
        }
        StepName name = plain(text, kind, String.join(" ", words), command);
        return new StepName(text, kind, name.target, platforms.platform(), platforms.output(), "", 0, 0, command);
    }

    private static StepName plain(String text, StepKind kind, String target, String command) {
        return new StepName(text, kind, target, Optional.empty(), Optional.empty(), "", 0, 0, command);
    }

    /** The same name with every text in it changed. */
    StepName map(UnaryOperator<String> change) {
        return new StepName(
                change.apply(text),
                kind,
                change.apply(target),
                platform,
                output,
                change.apply(stage),
                number,
                of,
                change.apply(command));
    }

    private record Platforms(Optional<Platform> platform, Optional<Platform> output) {
        /** Takes the word that is a platform out of those in the brackets. */
        static Platforms takenFrom(List<String> words) {
            for (int i = 0; i < words.size(); i++) {
                Matcher matcher = PLATFORM.matcher(words.get(i));
                if (matcher.matches()) {
                    words.remove(i);
                    String os = matcher.group(1);
                    return new Platforms(parsed(os + "/" + matcher.group(2)), output(os, matcher.group(3)));
                }
            }
            return new Platforms(Optional.empty(), Optional.empty());
        }

        /** After the arrow the system is missing where it is the same: {@code linux/amd64->arm/v7}. */
        private static Optional<Platform> output(String os, @Nullable String text) {
            if (text == null) {
                return Optional.empty();
            }
            return parsed(os + "/" + text).or(() -> parsed(text));
        }

        private static Optional<Platform> parsed(String text) {
            try {
                return Optional.of(Platform.parse(text));
            } catch (InvalidValue unknown) {
                return Optional.empty();
            }
        }
    }
}
