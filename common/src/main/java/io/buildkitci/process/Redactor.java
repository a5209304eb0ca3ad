package io.buildkitci.process;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Takes secrets out of texts: each value, each of its lines, and the encodings in which they turn up in logs. */
public final class Redactor {
    /** Masks nothing. */
    public static final Redactor NONE = new Redactor(List.of());

    /** A part shorter than this is not masked on its own: it would hide ordinary words. */
    private static final int SHORTEST_LINE = 4;

    private static final String MASK = "***";

    private final List<String> needles;

    private Redactor(List<String> needles) {
        this.needles = needles;
    }

    /** @param secrets values; blank ones are ignored */
    public static Redactor of(Collection<String> secrets) {
        return new Redactor(secrets.stream()
                .filter(s -> !s.isBlank())
                .flatMap(Redactor::forms)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    private static Stream<String> forms(String secret) {
        String stripped = secret.strip();
        Stream<String> lines = secret.lines().map(String::strip).filter(l -> l.length() >= SHORTEST_LINE);
        return Stream.concat(Stream.of(secret, stripped), lines).flatMap(Redactor::encodings);
    }

    private static Stream<String> encodings(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (text.length() < SHORTEST_LINE) {
            return Stream.of(text);
        }
        String url = java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
        return Stream.of(
                text,
                java.util.Base64.getEncoder().encodeToString(bytes),
                java.util.Base64.getEncoder().withoutPadding().encodeToString(bytes),
                url,
                url.replace("+", "%20"),
                url.toLowerCase(Locale.ROOT),
                text.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** The text with every secret replaced by {@code ***}. */
    public String redact(String text) {
        String result = text;
        for (String needle : needles) {
            if (result.contains(needle)) {
                result = result.replace(needle, MASK);
            }
        }
        return result;
    }

    /**
     * The last place at or before a limit where a text can be cut so that each half can be masked on its own. Where more
     * text is to come, the limit must lie at least {@link #longest()} before the end.
     */
    public int cut(String text, int limit) {
        int at = Math.min(limit, text.length());
        for (boolean moved = true; moved; ) {
            moved = false;
            for (String needle : needles) {
                int start = Math.max(0, at - needle.length() + 1);
                while (start < at && !text.startsWith(needle, start)) {
                    start++;
                }
                moved |= start < at;
                at = start;
            }
        }
        return at;
    }

    /** Length of the longest form masked: what a reader of pieces must hold back. */
    public int longest() {
        return needles.isEmpty() ? 0 : needles.get(0).length();
    }

    @Override
    public String toString() {
        return "Redactor[" + needles.size() + " forms]";
    }
}
