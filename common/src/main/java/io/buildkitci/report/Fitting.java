package io.buildkitci.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Parts of a page put together so that they fit: the least important are shortened first and then left out. */
final class Fitting {
    private static final String GAP = "\n";

    private final List<Part> parts;
    private final UnaryOperator<String> paragraph;
    private final int[] versions;

    private Fitting(List<Part> parts, UnaryOperator<String> paragraph) {
        this.parts = parts;
        this.paragraph = paragraph;
        this.versions = new int[parts.size()];
    }

    /**
     * A part of a page.
     *
     * @param name what a reader misses where it is left out: {@code the timeline}
     * @param importance the smaller the more important
     * @param versions whole blocks that end with a line feed, from the longest to the shortest; none for nothing to show
     */
    record Part(String name, int importance, List<String> versions) {
        Part {
            versions = List.copyOf(versions);
        }

        /** One block, or nothing where it is empty. */
        static Part of(String name, int importance, String block) {
            return new Part(name, importance, block.isEmpty() ? List.of() : List.of(block));
        }

        /**
         * A block of so many of the items as there may be, and after it how many there are besides.
         *
         * @param name of the items, without an article: {@code warnings}
         * @param most how many there may be, in the longest version and in the shortest
         */
        static <T> Part list(String name, int importance, List<T> items, Most most, Function<List<T>, String> block) {
            List<String> versions = new ArrayList<>();
            for (int n : new int[] {most.longest(), most.shortest()}) {
                if (!items.isEmpty() && (versions.isEmpty() || n < items.size())) {
                    List<T> some = items.subList(0, Math.min(n, items.size()));
                    versions.add(block.apply(some) + rest(items.size() - some.size(), name));
                }
            }
            return new Part("the " + name, importance, versions);
        }

        private static String rest(int left, String name) {
            return left == 0 ? "" : "\n" + notShown(left, name) + "\n";
        }
    }

    static String notShown(int left, String name) {
        return left + " more " + name + " are not shown.";
    }

    /** How many items of a list are shown. */
    record Most(int longest, int shortest) {}

    /**
     * The parts in their order, in at most so many bytes of UTF-8, with a sentence about what was left out.
     *
     * @param limit where not even the most important part fits, the page is empty
     */
    static String within(int limit, List<Part> parts) {
        return within(limit, parts, sentence -> sentence);
    }

    /** @param paragraph a plain sentence as the page's markup has it */
    static String within(int limit, List<Part> parts, UnaryOperator<String> paragraph) {
        List<Part> shown = new ArrayList<>();
        for (Part part : parts) {
            if (!part.versions().isEmpty()) {
                shown.add(part);
            }
        }
        return new Fitting(shown, paragraph).fit(limit);
    }

    private String fit(int limit) {
        if (!tooBig(limit)) {
            return page();
        }
        List<Integer> leastFirst = IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> parts.get(i).importance())
                        .reversed())
                .toList();
        for (int part : leastFirst) {
            while (tooBig(limit) && versions[part] < parts.get(part).versions().size() - 1) {
                versions[part]++;
            }
        }
        for (int part : leastFirst) {
            if (tooBig(limit)) {
                versions[part] = parts.get(part).versions().size();
            }
        }
        return tooBig(limit) ? "" : page();
    }

    private boolean tooBig(int limit) {
        return bytes(page()) > limit;
    }

    private String page() {
        List<String> shown = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < versions.length; i++) {
            Part part = parts.get(i);
            if (versions[i] < part.versions().size()) {
                shown.add(part.versions().get(versions[i]));
            } else {
                missing.add(part.name());
            }
        }
        if (!shown.isEmpty() && !missing.isEmpty()) {
            shown.add(paragraph.apply("Left out for want of room: " + String.join(", ", missing) + ".") + "\n");
        }
        return String.join(GAP, shown);
    }

    /** How many bytes of UTF-8 a text takes. */
    static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
