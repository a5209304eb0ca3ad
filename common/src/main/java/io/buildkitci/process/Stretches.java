package io.buildkitci.process;

/**
 * Hashes of stretches of one text, each in constant time after one pass over it. Equal texts have equal hashes; of
 * different ones about two in 2^60 have.
 */
final class Stretches {
    private static final long PRIME = (1L << 61) - 1;
    private static final long BASE = 1_234_567_890_123_456_789L;

    private final long[] upTo;

    Stretches(String text) {
        upTo = new long[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            upTo[i + 1] = next(upTo[i], text.charAt(i));
        }
    }

    /** A text that is looked for, with what comparing it takes. */
    record Wanted(String text, long hash, long power) {
        static Wanted of(String text) {
            long hash = 0;
            long power = 1;
            for (int i = 0; i < text.length(); i++) {
                hash = next(hash, text.charAt(i));
                power = times(power, BASE);
            }
            return new Wanted(text, hash, power);
        }

        /** Its length only. */
        @Override
        public String toString() {
            return "Wanted[" + text.length() + "]";
        }
    }

    boolean isAt(int at, Wanted wanted) {
        int end = at + wanted.text().length();
        if (end >= upTo.length) {
            return false;
        }
        long hash = upTo[end] - times(upTo[at], wanted.power());
        return (hash < 0 ? hash + PRIME : hash) == wanted.hash();
    }

    /** A zero at the beginning counts, too. */
    private static long next(long hash, char c) {
        long sum = times(hash, BASE) + c + 1;
        return sum >= PRIME ? sum - PRIME : sum;
    }

    private static long times(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        long sum = (low & PRIME) + ((low >>> 61) | (high << 3));
        sum = (sum & PRIME) + (sum >>> 61);
        return sum >= PRIME ? sum - PRIME : sum;
    }
}
