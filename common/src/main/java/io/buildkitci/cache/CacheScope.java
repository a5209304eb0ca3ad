package io.buildkitci.cache;

import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What separates one build's cache from another's: image, platforms and branch; of several targets, its name too.
 *
 * @param tags what the image is called; the first names the repository
 * @param platforms in any order; empty means the builder's own
 * @param branch what is built; empty where the host knows none
 * @param base the branch that a change is to be merged into; empty when it is none
 * @param main the repository's default branch; empty when it is not known
 * @param target which of a definition's; empty for a build of its own
 */
public record CacheScope(
        List<ImageRef> tags,
        List<Platform> platforms,
        Optional<String> branch,
        Optional<String> base,
        Optional<String> main,
        Optional<String> target) {
    private static final int LONGEST_TAG = 128;

    /** With {@code buildcache-} in front it is a tag. */
    private static final int LONGEST = LONGEST_TAG - "buildcache-".length();

    public CacheScope {
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
    }

    /** Of a build of its own. */
    public CacheScope(
            List<ImageRef> tags,
            List<Platform> platforms,
            Optional<String> branch,
            Optional<String> base,
            Optional<String> main) {
        this(tags, platforms, branch, base, main, Optional.empty());
    }

    /** A build of which nothing but its image and platforms is known. */
    public static CacheScope of(List<ImageRef> tags, List<Platform> platforms) {
        return new CacheScope(tags, platforms, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same for one target of a definition: two of them may be of one image, or of none with a name. */
    public CacheScope ofTarget(String name) {
        return new CacheScope(tags, platforms, branch, base, main, Optional.of(name));
    }

    /** The repository of the image; empty when it has no name. */
    Optional<ImageRef> repository() {
        return tags.stream().findFirst().map(t -> new ImageRef(t.domain(), t.path(), "", ""));
    }

    /** The scope that this build writes, {@code amd64_armv7-main} or {@code web.amd64-main}: letters, digits, '_', '.', '-'. */
    String own() {
        return scopeOf(branch);
    }

    /** The scopes that this build reads, its own first. */
    List<String> readable() {
        Stream<String> others = Stream.of(base, main).flatMap(Optional::stream).map(b -> scopeOf(Optional.of(b)));
        return Stream.concat(Stream.of(own()), others).distinct().toList();
    }

    /** A scope in a place that holds those of other images too. */
    String ofImage(String scope) {
        return repository().map(r -> r.name() + "@").orElse("") + scope;
    }

    /** The tag that somebody chose for a cache; of several targets each has its name behind it: {@code main-web}. */
    String chosenTag(String tag) {
        return target.map(name -> PlainName.of(tag + "-" + name, LONGEST_TAG)).orElse(tag);
    }

    private String scopeOf(Optional<String> ofBranch) {
        String platformSet = platforms.isEmpty()
                ? "native"
                : platforms.stream().sorted().distinct().map(CacheScope::label).collect(Collectors.joining("_"));
        String ofTarget = target.map(name -> name + ".").orElse("");
        return PlainName.of(ofTarget + platformSet + ofBranch.map(b -> "-" + b).orElse(""), LONGEST);
    }

    private static String label(Platform platform) {
        String os = platform.os().equals("linux") ? "" : platform.os();
        return os + platform.architecture() + platform.variant();
    }
}
