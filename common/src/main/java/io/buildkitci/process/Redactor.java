package io.buildkitci.process;

import io.buildkitci.process.Stretches.Wanted;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of texts: each value, each of its lines, and the encodings in which they turn up in logs. Immutable.
 *
 * <p>A value, or a line of one, that is shorter than {@link #SHORTEST} is not masked: it would hide ordinary words and
 * tell itself by where they are missing. Nor is a value of nothing but asterisks.
 */
public final class Redactor {
    /** Characters that a value must have to be masked. */
    public static final int SHORTEST = 4;

    /** Masks nothing. */
    public static final Redactor NONE = new Redactor(List.of());

    private static final String MASK = "***";
    private static final int HASHES = 1 << 16;

    /** Characters that are compared one by one: what a longer form goes on with is compared by its hash. */
    private static final int COMPARED = 64;

    /** Every form once, in the order of their characters: those that begin alike lie together. */
    private final List<Wanted> forms;

    /** Hashes of how forms begin: most places in a text are passed over by one look. */
    private final BitSet starts = new BitSet(HASHES);

    private final int longest;

    private Redactor(List<String> forms) {
        this.forms = forms.stream().map(Wanted::of).toList();
        int length = 0;
        for (String form : forms) {
            starts.set(hash(form, 0));
            length = Math.max(length, form.length());
        }
        longest = length;
    }

    public static Redactor of(Collection<String> secrets) {
        if (secrets.isEmpty()) {
            return NONE;
        }
        return new Redactor(secrets.stream()
                .filter(secret -> !secret.isBlank() && !secret.strip().matches("\\*+"))
                .flatMap(secret -> SecretForms.of(secret, SHORTEST))
                .distinct()
                .sorted()
                .toList());
    }

    /** The text with every place where a secret is seen, or several overlap, replaced by {@code ***}. */
    public String redact(String text) {
        if (forms.isEmpty()) {
            return text;
        }
        Reading reading = new Reading(text);
        StringBuilder redacted = new StringBuilder(text.length());
        int told = 0;
        int hiddenUntil = 0;
        for (int at = 0; at <= text.length() - SHORTEST; at++) {
            int end = reading.endOfFormAt(at);
            if (end > hiddenUntil) {
                if (at > hiddenUntil || redacted.isEmpty()) {
                    redacted.append(text, told, at).append(MASK);
                }
                hiddenUntil = end;
                told = end;
            }
        }
        return told == 0 ? text : redacted.append(text, told, text.length()).toString();
    }

    /** Looks for forms in one text. A text that repeats itself costs no more than another. */
    private final class Reading {
        private final String text;
        /** Made when a long form may be there. */
        private @Nullable Stretches stretches;

        Reading(String text) {
            this.text = text;
        }

        /** Where the longest form that begins here ends; 0 when there is none. */
        int endOfFormAt(int at) {
            int end = 0;
            int from = 0;
            int to = starts.get(hash(text, at)) ? forms.size() : 0;
            for (int depth = 0; from < to && depth < COMPARED; depth++) {
                if (length(from) == depth) {
                    end = at + depth;
                    from++;
                }
                int next = at + depth < text.length() ? text.charAt(at + depth) : Integer.MAX_VALUE;
                from = firstNotBelow(next, depth, from, to);
                to = firstNotBelow(next + 1L, depth, from, to);
            }
            for (int i = from; i < to; i++) {
                if (length(i) > end - at
                        && at + length(i) <= text.length()
                        && stretches().isAt(at, forms.get(i))) {
                    end = at + length(i);
                }
            }
            return end;
        }

        private Stretches stretches() {
            Stretches made = stretches;
            if (made == null) {
                made = new Stretches(text);
                stretches = made;
            }
            return made;
        }
    }

    private int length(int form) {
        return forms.get(form).text().length();
    }

    /** In a range of forms that are alike up to a depth: the first with at least this character there. */
    private int firstNotBelow(long character, int depth, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (forms.get(middle).text().charAt(depth) < character) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int hash(String text, int at) {
        int hash = text.charAt(at);
        for (int i = 1; i < SHORTEST; i++) {
            hash = 31 * hash + text.charAt(at + i);
        }
        return (hash ^ (hash >>> 16)) & (HASHES - 1);
    }

    /**
     * The last place at or before a limit where a text can be cut so that each half can be masked on its own. Where more
     * text is to come, the limit must lie at least {@link #longest()} before the end.
     */
    public int cut(String text, int limit) {
        int at = Math.min(limit, text.length());
        Reading reading = new Reading(text);
        for (int start = at - 1; start >= Math.max(0, at - longest + 1); start--) {
            boolean whole = start <= text.length() - SHORTEST;
            if (whole && reading.endOfFormAt(start) > at) {
                at = start;
            }
        }
        return at;
    }

    /** Length of the longest form masked: what a reader of pieces must hold back. */
    public int longest() {
        return longest;
    }

    /** Says how many forms it knows, never which. */
    @Override
    public String toString() {
        return "Redactor[" + forms.size() + " forms]";
    }
}
