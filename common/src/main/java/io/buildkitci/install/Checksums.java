package io.buildkitci.install;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** SHA-256 sums of files by their names, as {@code sha256sum} writes them. */
public record Checksums(Map<String, String> byFile) {
    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64})[ \\t]+\\*?(?:\\./)?(\\S+)");

    public Checksums {
        byFile = Collections.unmodifiableMap(new LinkedHashMap<>(byFile));
    }

    /** Only what is a sum counts. */
    static Checksums of(Map<String, String> sums) {
        return parse(sums.entrySet().stream()
                .map(sum -> sum.getValue() + "  " + sum.getKey())
                .collect(Collectors.joining("\n")));
    }

    /** Lines that are none are passed over; of two sums for one file, neither counts. */
    public static Checksums parse(String text) {
        Map<String, String> sums = new LinkedHashMap<>();
        Map<String, String> disputed = new LinkedHashMap<>();
        text.lines()
                .map(String::strip)
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> {
                    String sum = line.group(1).toLowerCase(Locale.ROOT);
                    String before = sums.put(line.group(2), sum);
                    if (before != null && !before.equals(sum)) {
                        disputed.put(line.group(2), sum);
                    }
                });
        sums.keySet().removeAll(disputed.keySet());
        return new Checksums(sums);
    }

    public Optional<String> of(String file) {
        return Optional.ofNullable(byFile.get(file));
    }
}
