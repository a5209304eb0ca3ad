package io.buildkitci.console;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a log shows of a build already, so that a view that is told the whole build again, after a restart of the host,
 * goes on where the last one stopped. A journal of short lines, one for each thing shown. One view, one thread at a time.
 */
public final class Shown {
    private static final String LINES = "lines";
    private static final String ENDING = "ending";
    private static final String REMARK = "remark";

    private final Map<String, Integer> linesBefore = new HashMap<>();
    private final Set<String> before = new HashSet<>();
    private final Map<String, Integer> heard = new HashMap<>();
    private final Map<String, Integer> said = new HashMap<>();
    private final Consumer<String> journal;

    private Shown(Consumer<String> journal) {
        this.journal = journal;
    }

    /** Of a view that begins and that nobody will go on with. */
    public static Shown nothing() {
        return after(List.of(), entry -> {});
    }

    /**
     * Of a view that goes on.
     *
     * @param entries of the journal so far; others are passed over
     * @param journal is given further ones, without line ends
     */
    public static Shown after(List<String> entries, Consumer<String> journal) {
        Shown shown = new Shown(journal);
        for (String entry : entries) {
            shown.read(entry.split(" ", 3), entry);
        }
        return shown;
    }

    private void read(String[] words, String entry) {
        if (words.length == 3 && words[0].equals(LINES) && words[1].matches("\\d{1,9}")) {
            linesBefore.merge(words[2], Integer.parseInt(words[1]), Math::max);
            said.merge(words[2], Integer.parseInt(words[1]), Math::max);
        } else {
            before.add(entry);
        }
    }

    /** A step has another line: whether that one is shown already. */
    boolean hasLine(String step) {
        int number = heard.merge(step, 1, Integer::sum);
        return number <= linesBefore.getOrDefault(step, 0);
    }

    /** So many more lines of a step are shown now. */
    void lines(String step, int count) {
        journal.accept(LINES + " " + said.merge(step, count, Integer::sum) + " " + step);
    }

    /** A step ended this way: whether that is shown already; from now on it is. */
    boolean hasEnding(String step, String how) {
        return has(ENDING + " " + how + " " + step);
    }

    /** A remark that belongs to no step: whether it is shown already; from now on it is. */
    boolean hasRemark(String text) {
        int number = heard.merge(text, 1, Integer::sum);
        return has(REMARK + " " + number + " " + Integer.toHexString(text.hashCode()));
    }

    private boolean has(String entry) {
        if (before.contains(entry)) {
            return true;
        }
        journal.accept(entry);
        return false;
    }
}
