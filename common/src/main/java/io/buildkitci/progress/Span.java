package io.buildkitci.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A time from one instant to a later one. */
public record Span(Instant from, Instant to) {
    /** A span that would end before it began (clocks that were set, or of two machines) is empty. */
    public Span {
        to = to.isBefore(from) ? from : to;
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** How long at least one of them lasted: what runs side by side counts once. */
    public static Duration union(Collection<Span> spans) {
        Duration union = Duration.ZERO;
        for (Span span : merge(spans)) {
            union = union.plus(span.length());
        }
        return union;
    }

    /** The same time without overlaps, in order. */
    public static List<Span> merge(Collection<Span> spans) {
        List<Span> inOrder = new ArrayList<>(spans);
        inOrder.sort((one, other) -> one.from().compareTo(other.from()));
        List<Span> merged = new ArrayList<>();
        for (Span span : inOrder) {
            int last = merged.size() - 1;
            if (last < 0 || span.from().isAfter(merged.get(last).to())) {
                merged.add(span);
            } else if (span.to().isAfter(merged.get(last).to())) {
                merged.set(last, new Span(merged.get(last).from(), span.to()));
            }
        }
        return merged;
    }
}
