package io.buildkitci.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reference to an image as the distribution specification writes it: {@code [domain/]path[:tag][@digest]}. Kept as
 * given: nothing is lower-cased and no default registry or tag is added.
 *
 * @param domain registry host and port; empty when the reference names none (Docker Hub is meant)
 * @param path repository within the registry
 * @param tag empty when there is none
 * @param digest {@code sha256:…}; empty when there is none
 */
public record ImageRef(String domain, String path, String tag, String digest) implements Rendered {
    // distribution/reference, grammar in its package comment
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String PATH = COMPONENT + "(?:/" + COMPONENT + ")*";
    private static final String HOST_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String DOMAIN =
            "(?:" + HOST_LABEL + "(?:\\." + HOST_LABEL + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
    private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}");
    private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern HOST = Pattern.compile(DOMAIN);
    private static final Pattern NAME = Pattern.compile(PATH);
    private static final int LONGEST_NAME = 255;

    /** @throws InvalidValue with the part that is wrong and the rule it breaks */
    public static ImageRef parse(String text) throws InvalidValue {
        String rest = text;
        String digest = "";
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
            boolean sha256 = digest.startsWith("sha256:");
            if (!(sha256 ? SHA256 : DIGEST).matcher(digest).matches()) {
                throw new InvalidValue(text, "the digest after '@' is not of the form sha256:<64 hex digits>");
            }
        }
        String tag = "";
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
            if (!TAG.matcher(tag).matches()) {
                throw new InvalidValue(
                        text,
                        "the tag '" + tag + "' must be 1 to 128 letters, digits, '_', '.' or '-', not starting with"
                                + " '.' or '-'");
            }
        }
        return named(text, rest, tag, digest);
    }

    private static ImageRef named(String text, String name, String tag, String digest) throws InvalidValue {
        int slash = name.indexOf('/');
        boolean hasDomain = slash > 0 && looksLikeDomain(name.substring(0, slash));
        String path = hasDomain ? name.substring(slash + 1) : name;
        String lower = path.toLowerCase(Locale.ROOT);
        if (!path.equals(lower) && NAME.matcher(lower).matches()) {
            throw new InvalidValue(text, "the repository '" + path + "' must be lower case; write '" + lower + "'");
        }
        boolean hostIsOne = !hasDomain || HOST.matcher(name.substring(0, slash)).matches();
        if (!hostIsOne || !NAME.matcher(path).matches()) {
            throw new InvalidValue(
                    text,
                    "not an image reference; expected [registry[:port]/]repository[:tag], for example"
                            + " registry.example/app:1");
        }
        if (name.length() > LONGEST_NAME) {
            throw new InvalidValue(text, "the name is longer than " + LONGEST_NAME + " characters");
        }
        return new ImageRef(hasDomain ? name.substring(0, slash) : "", path, tag, digest);
    }

    /** Unlike Docker, {@code Org/app} names no host {@code Org}: it is a repository in the wrong case. */
    private static boolean looksLikeDomain(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    /** The reference without tag and digest. */
    public String name() {
        return domain.isEmpty() ? path : domain + "/" + path;
    }

    /** The same repository, by digest. */
    public ImageRef at(String otherDigest) {
        return new ImageRef(domain, path, "", otherDigest);
    }

    /** The registry's host and port; Docker Hub's where the reference names none. */
    public String registry() {
        return Optional.of(domain).filter(d -> !d.isEmpty()).orElse("docker.io");
    }

    /** As it was parsed. */
    @Override
    public String render() {
        return name() + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }

    /** Written out, like {@link #hashCode}, for what a record brings itself is linked when it is first used: see ADR 7. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageRef ref
                && domain.equals(ref.domain)
                && path.equals(ref.path)
                && tag.equals(ref.tag)
                && digest.equals(ref.digest);
    }

    @Override
    public int hashCode() {
        return render().hashCode();
    }

    @Override
    public String toString() {
        return render();
    }
}
