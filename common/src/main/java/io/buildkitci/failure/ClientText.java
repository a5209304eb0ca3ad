package io.buildkitci.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client says in text when it fails: a block of the Dockerfile, then {@code ERROR:} (buildx) or {@code error:}
 * (buildctl) and an error that may have several lines.
 *
 * @param error without the client's own prefixes; empty when it said nothing
 * @param tail its last lines as they came, block and notices included
 */
record ClientText(String error, Optional<Place> place, List<String> tail) {
    private static final int TAIL = 20;
    private static final Pattern PREFIX = Pattern.compile("^(?:ERROR: |error: |failed to build: |failed to solve: )+");
    private static final Pattern LOCATION = Pattern.compile("(?<file>\\S.*):(?<line>\\d{1,7})");
    private static final Pattern RULER = Pattern.compile("-{10,}");
    private static final Pattern SOURCE = Pattern.compile("\\s*(?<line>\\d{1,7}) \\| (?<mark>>>> |    )?(?<text>.*)");

    static ClientText parse(List<String> lines) {
        List<String> said =
                lines.stream().filter(line -> !line.startsWith("WARNING: ")).toList();
        List<String> tail = said.subList(Math.max(0, said.size() - TAIL), said.size());
        return new ClientText(error(said, tail), place(said), tail);
    }

    private static String error(List<String> lines, List<String> tail) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith("ERROR: ") || lines.get(i).startsWith("error: ")) {
                return withoutPrefix(String.join("\n", lines.subList(i, lines.size())));
            }
        }
        return withoutPrefix(String.join("\n", tail));
    }

    private static String withoutPrefix(String text) {
        return PREFIX.matcher(text).replaceFirst("").strip();
    }

    /** The last block, since notices may have blocks of their own. */
    private static Optional<Place> place(List<String> lines) {
        for (int i = lines.size() - 2; i >= 0; i--) {
            Matcher location = LOCATION.matcher(lines.get(i));
            if (RULER.matcher(lines.get(i + 1)).matches() && location.matches()) {
                return Optional.of(
                        marked(location.group("file"), Integer.parseInt(location.group("line")), lines, i + 2));
            }
        }
        return Optional.empty();
    }

    private static Place marked(String file, int line, List<String> lines, int from) {
        List<String> excerpt = new ArrayList<>();
        int last = line;
        for (String text : lines.subList(from, lines.size())) {
            Matcher source = SOURCE.matcher(text);
            if (!source.matches()) {
                break;
            }
            if (">>> ".equals(source.group("mark"))) {
                last = Math.max(last, Integer.parseInt(source.group("line")));
                excerpt.add(source.group("text"));
            }
        }
        return new Place(file, line, last, excerpt);
    }
}
