package io.buildkitci.cacheservice.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stretch of bytes, as the header {@code Range} asks for one (RFC 9110, 14.1.2); several at once are not given. */
record ByteRange(long from, long length) {
    private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Empty when it is none, or begins behind the end. */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher form = FORM.matcher(header);
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (form.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(form.group(2)), size);
            return last == 0 ? Optional.empty() : Optional.of(new ByteRange(size - last, last));
        }
        long from = Long.parseLong(form.group(1));
        long to = form.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(form.group(2)), size - 1);
        return from > to ? Optional.empty() : Optional.of(new ByteRange(from, to - from + 1));
    }

    /** As {@code Content-Range} says it. */
    String render(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}
