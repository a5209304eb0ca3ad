package io.buildkitci.cacheservice.trust;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a token allows.
 *
 * @param namespace whose cache it is; everything else does not exist for the bearer
 * @param readable scopes that are read, in order of preference
 * @param writable the one scope that is written; empty for a token that only reads
 */
public record Grant(String namespace, List<String> readable, Optional<String> writable) {
    public Grant {
        readable = List.copyOf(readable);
        Stream.concat(Stream.of(namespace), Stream.concat(readable.stream(), writable.stream()))
                .filter(name -> !isName(name))
                .forEach(name -> {
                    throw new IllegalArgumentException("a namespace or scope is empty or has control characters");
                });
        if (readable.isEmpty() && writable.isEmpty()) {
            throw new IllegalArgumentException("a token that allows nothing");
        }
    }

    /** Whether a text can name a namespace or a scope. */
    public static boolean isName(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    /** A branch that reads its own scope, then its target's, then the default branch's, and writes its own. */
    public static Grant ofBranch(String namespace, String own, Optional<String> target, Optional<String> main) {
        List<String> readable = Stream.concat(Stream.of(own), Stream.concat(target.stream(), main.stream()))
                .distinct()
                .toList();
        return new Grant(namespace, readable, Optional.of(own));
    }

    /**
     * A change from somebody who is not trusted: it reads the default branch's scope besides its own, which nobody else
     * reads.
     *
     * @param id of the change
     */
    public static Grant ofFork(String namespace, String id, Optional<String> main) {
        return ofBranch(namespace, "fork/" + id, Optional.empty(), main);
    }

    /** The same without writing. */
    public Grant readOnly() {
        return new Grant(namespace, readable, Optional.empty());
    }
}
