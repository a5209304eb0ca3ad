package io.buildkitci.progress;

/** The colours that programs put into their output (SGR sequences). */
public final class Colours {
    static final char ESCAPE = '\u001b';

    private Colours() {}

    /** The text without them; of other control sequences only those are removed that begin like one. */
    public static String strip(String text) {
        int escape = text.indexOf(ESCAPE);
        if (escape < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        while (escape >= 0) {
            plain.append(text, from, escape);
            int end = text.indexOf('m', escape);
            from = end < 0 ? text.length() : end + 1;
            escape = text.indexOf(ESCAPE, from);
        }
        return plain.append(text, from, text.length()).toString();
    }
}
