package io.buildkitci.failure;

import io.buildkitci.words.HostWords;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sentence with gaps: {@code {host}} is a fact, {@code {input x}} and {@code {step x}} are the host's words. */
record Template(String text) {
    private static final Pattern GAP = Pattern.compile("\\{(input |step |)([a-zA-Z-]+)\\}");

    String fill(UnaryOperator<String> facts, HostWords words) {
        return GAP.matcher(text).replaceAll(gap -> Matcher.quoteReplacement(filled(gap, facts, words)));
    }

    private static String filled(MatchResult gap, UnaryOperator<String> facts, HostWords words) {
        String name = gap.group(2);
        return switch (gap.group(1)) {
            case "input " -> words.input(name);
            case "step " -> words.step(name);
            default -> facts.apply(name);
        };
    }
}
