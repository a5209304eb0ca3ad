package io.buildkitci.cache;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import java.util.List;
import java.util.Optional;

/** What a {@link CacheShorthand} stands for in one build. */
public sealed interface CacheExpansion {
    /** Where {@code local} keeps layers when nobody names a directory. */
    String DEFAULT_DIRECTORY = ".buildkit-cache";

    /** Both sides of the cache; caches are read in this order of preference, and only the build's own scope is written. */
    record Sides(List<CacheSpec> from, List<CacheSpec> to) implements CacheExpansion {
        public Sides {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /** The image has no tag, and this kind of cache cannot do without; checked inputs never lead here. */
    record NeedsTag(CacheShorthand.Kind kind) implements CacheExpansion {}

    /**
     * Expands for one build. A registry reference with a tag is taken as it is, with a target's name behind it where there
     * is one; every other place holds one cache per scope.
     */
    static CacheExpansion expand(CacheShorthand shorthand, CacheScope scope) {
        return expand(shorthand, scope, DEFAULT_DIRECTORY);
    }

    /** @param localDirectory where {@code local} keeps layers when it names no directory */
    static CacheExpansion expand(CacheShorthand shorthand, CacheScope scope, String localDirectory) {
        return switch (shorthand.kind()) {
            case NONE -> new Sides(List.of(), List.of());
            case INLINE -> inline(scope);
            case REGISTRY -> registry(shorthand.place(), scope);
            case LOCAL -> local(shorthand.place().orElse(localDirectory), scope);
            case GHA -> gha(scope);
            case SERVICE, JENKINS -> ServiceEntries.planned(shorthand.place(), scope);
        };
    }

    private static CacheExpansion inline(CacheScope scope) {
        if (scope.tags().isEmpty()) {
            return new NeedsTag(CacheShorthand.Kind.INLINE);
        }
        List<CacheSpec> from = scope.tags().stream()
                .map(tag -> spec("registry", "ref", tag.render()))
                .distinct()
                .toList();
        return new Sides(from, List.of(new CacheSpec("inline", Attributes.NONE)));
    }

    private static CacheExpansion registry(Optional<String> place, CacheScope scope) {
        Optional<ImageRef> given = place.map(CacheExpansion::reference);
        Optional<ImageRef> repository = given.or(scope::repository);
        if (repository.isEmpty()) {
            return new NeedsTag(CacheShorthand.Kind.REGISTRY);
        }
        ImageRef ref = repository.get();
        List<String> refs = ref.tag().isEmpty()
                ? scope.readable().stream()
                        .map(name -> tagged(ref, "buildcache-" + name))
                        .toList()
                : List.of(tagged(ref, scope.chosenTag(ref.tag())));
        CacheSpec to = written(spec("registry", "ref", refs.get(0))).with("image-manifest", "true");
        return new Sides(refs.stream().map(r -> spec("registry", "ref", r)).toList(), List.of(to));
    }

    private static String tagged(ImageRef repository, String tag) {
        return new ImageRef(repository.domain(), repository.path(), tag, "").render();
    }

    private static ImageRef reference(String text) {
        try {
            return ImageRef.parse(text);
        } catch (InvalidValue e) {
            throw new IllegalArgumentException("a shorthand holds a valid reference only", e);
        }
    }

    private static CacheExpansion local(String directory, CacheScope scope) {
        String below = directory.replaceAll("(?<=.)/+$", "")
                + scope.repository().map(r -> "/" + PlainName.of(r.name(), 128)).orElse("");
        List<CacheSpec> from = scope.readable().stream()
                .map(name -> spec("local", "src", below + "/" + name))
                .toList();
        return new Sides(from, List.of(written(spec("local", "dest", below + "/" + scope.own()))));
    }

    private static CacheExpansion gha(CacheScope scope) {
        List<CacheSpec> from = scope.readable().stream()
                .map(name -> spec("gha", "scope", scope.ofImage(name)))
                .toList();
        return new Sides(from, List.of(written(spec("gha", "scope", scope.ofImage(scope.own())))));
    }

    private static CacheSpec spec(String type, String name, String value) {
        return new CacheSpec(type, Attributes.of(name, value));
    }

    /** Every step's layers, and a cache that cannot be written fails no build. */
    static CacheSpec written(CacheSpec spec) {
        return spec.with("mode", "max").with("ignore-error", "true");
    }
}
