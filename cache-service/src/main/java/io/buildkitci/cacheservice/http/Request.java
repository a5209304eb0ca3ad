package io.buildkitci.cacheservice.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came in, without its body.
 *
 * @param path as it was sent, without query
 * @param length of the body; empty when it was not said
 * @param loopback whether the sender is on this machine
 * @param secure whether it came by TLS
 */
record Request(
        HttpMethod method,
        String path,
        Map<String, List<String>> query,
        HttpHeaders headers,
        Optional<Long> length,
        boolean loopback,
        boolean secure) {
    private static final String BEARER = "bearer ";
    private static final Pattern IN_PATH = Pattern.compile("/r/([\\w-]+\\.[\\w-]+\\.[\\w-]+)(?=/)");

    /** Thrown for a target or header that cannot be read. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    static Request of(HttpMethod method, String target, HttpHeaders headers, boolean loopback, boolean secure)
            throws Unreadable {
        try {
            QueryStringDecoder decoder = new QueryStringDecoder(target);
            String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
            Optional<Long> size = Optional.ofNullable(length).map(Long::parseLong);
            return new Request(
                    method, decoder.rawPath(), Map.copyOf(decoder.parameters()), headers, size, loopback, secure);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("the request cannot be read");
        }
    }

    Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    Optional<String> header(CharSequence name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The token; empty when there is none. */
    String bearer() {
        String value = header(HttpHeaderNames.AUTHORIZATION).orElse("");
        boolean bearer = value.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? value.substring(BEARER.length()).strip() : "";
    }

    /** A token in the path, {@code /r/<token>/…}, which counts before the bearer's and only to read: see ADR 15. */
    Optional<String> readingToken() {
        Matcher token = IN_PATH.matcher(path);
        return token.find() ? Optional.of(token.group(1)) : Optional.empty();
    }

    /**
     * What stands in a path before a part of it, with the address that the client used: a proxy may add a prefix. A token
     * is left out.
     */
    String baseBefore(String part) {
        String prefix =
                IN_PATH.matcher(path.substring(0, path.indexOf(part)) + "/").replaceFirst("");
        return (secure ? "https://" : "http://")
                + header(HttpHeaderNames.HOST).orElse("localhost")
                + prefix.substring(0, prefix.length() - 1);
    }
}
