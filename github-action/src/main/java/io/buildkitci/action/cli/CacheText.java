package io.buildkitci.action.cli;

import io.buildkitci.json.PlainJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a cache service says of what it keeps, for people. */
final class CacheText {
    private static final String ROW = "%-40s %10s %8s %8s %8s %8s  %s";
    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");
    private static final double STEP = 1024;

    private CacheText() {}

    /** A table of namespaces, each with its scopes below it. */
    static String stats(PlainJson stats) {
        PlainJson counts = stats.object("sinceStart");
        List<String> lines = new ArrayList<>();
        lines.add("keeps " + bytes(whole("bytes", stats)) + " of " + quota(whole("quota", stats)) + " in "
                + whole("contents", stats) + " contents");
        lines.add("since its start: " + whole("stored", counts) + " stored, " + whole("refused", counts) + " refused, "
                + whole("evicted", counts) + " evicted for want of room, " + whole("dropped", counts)
                + " dropped as lost or damaged");
        List<PlainJson> namespaces = stats.objects("namespaces");
        if (!namespaces.isEmpty()) {
            lines.add("");
            lines.add(ROW.formatted("namespace, scope", "size", "entries", "hits", "misses", "evicted", "last used"));
        }
        for (PlainJson namespace : namespaces) {
            lines.add(row(namespace.text("name"), namespace));
            namespace.objects("scopes").forEach(scope -> lines.add(row("  " + scope.text("name"), scope)));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String row(String name, PlainJson of) {
        long used = whole("used", of);
        return ROW.formatted(
                name,
                bytes(whole("bytes", of)),
                whole("entries", of),
                whole("hits", of),
                whole("misses", of),
                whole("evicted", of),
                used == 0 ? "never" : Instant.ofEpochMilli(used).truncatedTo(ChronoUnit.SECONDS));
    }

    static String removed(PlainJson result) {
        long removed = whole("removed", result);
        return removed == 0 ? "there was nothing to remove" : "removed " + removed + " that nothing needs";
    }

    static String damaged(PlainJson result) {
        long damaged = whole("damaged", result);
        return damaged == 0
                ? "all that is kept is sound"
                : "removed " + damaged + " damaged, with all that needs them; the next build makes them again";
    }

    private static long whole(String name, PlainJson of) {
        return of.wholeNumber(name).orElse(0L);
    }

    /** A directory that is looked at without its service has no quota. */
    private static String quota(long bytes) {
        return bytes == Long.MAX_VALUE ? "what its service is started with" : bytes(bytes);
    }

    static String bytes(long bytes) {
        double value = bytes;
        String unit = "B";
        for (String next : UNITS) {
            if (value >= STEP) {
                value /= STEP;
                unit = next;
            }
        }
        return unit.equals("B") ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, unit);
    }
}
