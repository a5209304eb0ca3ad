package io.buildkitci.report;

import java.util.Optional;

/** Addresses that others wrote, for links on our pages. */
final class WebAddress {
    private static final int LONGEST = 500;

    private WebAddress() {}

    /** The address where it can be trusted to be only that, a page of the web, in whatever markup it stands. */
    static Optional<String> trusted(Optional<String> url) {
        return url.filter(WebAddress::isPlain);
    }

    private static boolean isPlain(String url) {
        boolean plain = url.length() <= LONGEST;
        for (int i = 0; i < url.length() && plain; i++) {
            char c = url.charAt(i);
            plain = c > ' ' && c < '\u007f' && "<>\\`|\"".indexOf(c) < 0;
        }
        return plain && url.startsWith("https://") && url.length() > "https://".length();
    }
}
