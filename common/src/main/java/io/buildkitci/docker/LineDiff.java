package io.buildkitci.docker;

import java.util.ArrayList;
import java.util.List;

/** The one place where two texts differ, as people are used to read it. */
public final class LineDiff {
    private static final int CONTEXT = 3;

    private LineDiff() {}

    /** @return lines; none for texts that are the same */
    public static List<String> between(String name, String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        if (old.equals(now)) {
            return List.of();
        }
        int begin = 0;
        while (begin < Math.min(old.size(), now.size()) && old.get(begin).equals(now.get(begin))) {
            begin++;
        }
        int end = 0;
        while (end < Math.min(old.size(), now.size()) - begin
                && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        int from = Math.max(0, begin - CONTEXT);
        int more = Math.min(end, CONTEXT);
        List<String> lines = new ArrayList<>(List.of("--- " + name, "+++ " + name));
        lines.add("@@ -" + range(from, old.size() - end + more) + " +" + range(from, now.size() - end + more) + " @@");
        old.subList(from, begin).forEach(line -> lines.add(" " + line));
        old.subList(begin, old.size() - end).forEach(line -> lines.add("-" + line));
        now.subList(begin, now.size() - end).forEach(line -> lines.add("+" + line));
        now.subList(now.size() - end, now.size() - end + more).forEach(line -> lines.add(" " + line));
        return lines;
    }

    private static String range(int from, int to) {
        return (to == from ? from : from + 1) + "," + (to - from);
    }
}
