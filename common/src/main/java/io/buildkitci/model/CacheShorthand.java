package io.buildkitci.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The {@code cache} input: one word that stands for both sides of a cache.
 *
 * @param kind what keeps the layers
 * @param place the reference of a registry cache or the directory of a local one; empty means a default
 */
public record CacheShorthand(Kind kind, Optional<String> place) {
    /** What keeps the layers. */
    public enum Kind {
        NONE,
        INLINE,
        REGISTRY,
        LOCAL,
        GHA
    }

    /** What {@link #parse} accepts, for messages. */
    public static final String ACCEPTED = "none, inline, registry, registry=<reference>, local, local=<directory>, gha";

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
                    default -> throw new InvalidValue(text, "unknown cache; accepted are " + ACCEPTED);
                };
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
