package io.buildkitci.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code cache} input: one word that stands for both sides of a cache.
 *
 * @param kind what keeps the layers
 * @param place the reference of a registry cache, the directory of a local one (empty means a default), or the address of
 *     a service
 */
public record CacheShorthand(Kind kind, Optional<String> place) {
    /** What keeps the layers. */
    public enum Kind {
        NONE,
        INLINE,
        REGISTRY,
        LOCAL,
        GHA,
        /** A cache service that is named, {@code buildkit-ci cache serve}. */
        SERVICE,
        /** The cache of the Jenkins that the build runs on. */
        JENKINS;

        /** Whether a build needs a {@link CachePass} for it. */
        public boolean needsPass() {
            return this == SERVICE || this == JENKINS;
        }
    }

    /** What {@link #parse} accepts, for messages. */
    public static final String ACCEPTED = "none, inline, registry, registry=<reference>, local, local=<directory>, gha;"
            + " in Jenkins also jenkins, elsewhere also service=<address>";

    /** @throws InvalidValue if it is not one of {@link #ACCEPTED} */
    public static CacheShorthand parse(String text) throws InvalidValue {
        int equals = text.indexOf('=');
        String word = equals < 0 ? text : text.substring(0, equals);
        Optional<String> place = equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
        Kind kind =
                switch (word) {
                    case "none" -> Kind.NONE;
                    case "inline" -> Kind.INLINE;
                    case "registry" -> Kind.REGISTRY;
                    case "local" -> Kind.LOCAL;
                    case "gha" -> Kind.GHA;
                    case "service" -> Kind.SERVICE;
                    case "jenkins" -> Kind.JENKINS;
                    default -> throw new InvalidValue(text, "unknown cache; accepted are " + ACCEPTED);
                };
        if (kind == Kind.SERVICE) {
            return new CacheShorthand(kind, Optional.of(address(text, place.orElse(""))));
        }
        boolean takesPlace = kind == Kind.REGISTRY || kind == Kind.LOCAL;
        if (place.isPresent() && (!takesPlace || place.get().isBlank())) {
            throw new InvalidValue(
                    text,
                    takesPlace ? "nothing follows the '='" : "'" + word + "' takes no value; accepted are " + ACCEPTED);
        }
        if (kind == Kind.REGISTRY && place.isPresent()) {
            checkWritable(text, ImageRef.parse(place.get()));
        }
        return new CacheShorthand(kind, place);
    }

    /** Without a slash at the end. */
    private static String address(String text, String given) throws InvalidValue {
        try {
            URI address = new URI(given);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            boolean bare = address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
            if (http && bare && address.getHost() != null) {
                return given.replaceAll("/+$", "");
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new InvalidValue(text, "says no address of a service; write service=http://cache.example:8321");
    }

    private static void checkWritable(String text, ImageRef ref) throws InvalidValue {
        if (!ref.digest().isEmpty()) {
            throw new InvalidValue(text, "a cache is written to a tag, not to a digest");
        }
    }

    /** As it was parsed. */
    public String render() {
        return kind.name().toLowerCase(Locale.ROOT) + place.map(p -> "=" + p).orElse("");
    }
}
