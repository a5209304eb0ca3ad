package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cacheservice.store.Stats;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page of the layer cache shows: totals, and one page of rows, the largest first. For its view. */
public final class CacheView {
    static final int ROWS = 100;
    private static final int PERCENT = 100;

    private final Optional<Stats.Totals> totals;
    private final Question question;
    private final List<CacheRow> rows;
    private final int found;
    private final Optional<Keepers.None> none;

    private CacheView(
            Optional<Stats.Totals> totals, Question question, List<CacheRow> found, Optional<Keepers.None> none) {
        this.totals = totals;
        this.question = question;
        this.found = found.size();
        this.rows = found.stream().skip(question.from()).limit(ROWS).toList();
        this.none = none;
    }

    /**
     * What is asked for.
     *
     * @param namespace empty text for all
     * @param filter part of a name, any case
     */
    record Question(String namespace, String filter, int from) {
        static Question of(@Nullable String namespace, @Nullable String filter, @Nullable String from) {
            boolean number = from != null && from.matches("\\d{1,8}");
            return new Question(
                    namespace == null ? "" : namespace,
                    filter == null ? "" : filter.strip(),
                    number ? Integer.parseInt(from) : 0);
        }

        boolean wants(String name) {
            return name.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT));
        }
    }

    static CacheView of(Stats stats, Namespaces ours, Question question) {
        Instant now = Instant.now();
        List<CacheRow> rows = stats.namespaces().stream()
                .filter(n -> ours.owner(n.name()).isPresent())
                .filter(n -> question.namespace().isEmpty() || n.name().equals(question.namespace()))
                .flatMap(n -> question.namespace().isEmpty()
                        ? List.of(CacheRow.of(n, ours.owner(n.name()).orElseThrow(), now)).stream()
                        : n.scopes().stream().map(scope -> CacheRow.of(n, scope, now)))
                .filter(row -> question.wants(row.getName()))
                .sorted(Comparator.comparingLong(CacheRow::bytes).reversed().thenComparing(CacheRow::getName))
                .toList();
        return new CacheView(Optional.of(stats.totals()), question, rows, Optional.empty());
    }

    static CacheView without(Keepers.None none, Question question) {
        return new CacheView(Optional.empty(), question, List.of(), Optional.of(none));
    }

    /** A query that leads to rows. */
    static String address(String namespace, String filter, int from) {
        return "?namespace=" + encoded(namespace) + "&filter=" + encoded(filter) + "&from=" + from;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A share of 100, or a dash where there is nothing to share. */
    static String percent(long part, long whole) {
        return whole == 0 ? "–" : Math.round((double) part * PERCENT / whole) + " %";
    }

    static String size(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }

    static String ago(long millis, Instant now) {
        Duration age = Duration.between(Instant.ofEpochMilli(millis), now);
        if (millis == 0) {
            return "–";
        } else if (age.toMinutes() < 1) {
            return "now";
        } else if (age.toHours() < 1) {
            return age.toMinutes() + " min ago";
        }
        return age.toDays() < 1 ? age.toHours() + " h ago" : age.toDays() + " d ago";
    }

    public boolean isThere() {
        return none.isEmpty();
    }

    public String getReason() {
        return none.map(Keepers.None::reason).orElse("");
    }

    public String getRemedy() {
        return none.map(Keepers.None::remedy).orElse("");
    }

    public String getUsed() {
        return size(totals.map(Stats.Totals::bytes).orElse(0L));
    }

    public String getQuota() {
        return size(totals.map(Stats.Totals::quota).orElse(0L));
    }

    public String getUsedShare() {
        return totals.map(t -> percent(t.bytes(), t.quota())).orElse("–");
    }

    /** For a meter. */
    public long getUsedPercent() {
        return totals.map(t -> t.bytes() * PERCENT / Math.max(1, t.quota())).orElse(0L);
    }

    public int getContents() {
        return totals.map(Stats.Totals::contents).orElse(0);
    }

    public int getNamespaces() {
        return totals.map(Stats.Totals::namespaces).orElse(0);
    }

    public String getHitRatio() {
        return totals.map(Stats.Totals::counts)
                .map(c -> percent(c.hits(), c.hits() + c.misses()))
                .orElse("–");
    }

    public long getEvicted() {
        return totals.map(t -> t.counts().evicted()).orElse(0L);
    }

    public long getRefused() {
        return totals.map(t -> t.counts().refused()).orElse(0L);
    }

    public List<CacheRow> getRows() {
        return rows;
    }

    public int getFound() {
        return found;
    }

    public String getFilter() {
        return question.filter();
    }

    public String getNamespace() {
        return question.namespace();
    }

    /** What the namespace that is shown is called by people. */
    public String getOwner() {
        int slash = question.namespace().indexOf('/');
        return question.namespace().substring(slash + 1);
    }

    public boolean isOfOne() {
        return !question.namespace().isEmpty();
    }

    public int getFirst() {
        return rows.isEmpty() ? 0 : question.from() + 1;
    }

    public int getLast() {
        return question.from() + rows.size();
    }

    /** {@code null} on the first page. */
    public @Nullable String getPrevious() {
        return question.from() == 0
                ? null
                : address(question.namespace(), question.filter(), Math.max(0, question.from() - ROWS));
    }

    /** {@code null} on the last page. */
    public @Nullable String getNext() {
        return getLast() >= found ? null : address(question.namespace(), question.filter(), getLast());
    }
}
