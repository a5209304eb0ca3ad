package io.buildkitci.input;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One item of {@code cache-from} or {@code cache-to}; bare references are {@code type=registry,ref=…}. */
final class CacheEntry {
    /** Which way layers go. */
    enum Side {
        FROM,
        TO
    }

    /** What BuildKit 0.32 reads of one type's attributes. */
    private record Type(Set<String> needsFrom, Set<String> needsTo, Set<String> from, Set<String> to) {
        Set<String> needs(Side side) {
            return side == Side.FROM ? needsFrom : needsTo;
        }

        Set<String> knows(Side side) {
            Set<String> known = new TreeSet<>(side == Side.FROM ? from : to);
            known.addAll(needs(side));
            if (side == Side.TO) {
                known.addAll(Set.of("mode", "ignore-error"));
            }
            return known;
        }
    }

    private static final Set<String> LAYERS =
            Set.of("image-manifest", "oci-mediatypes", "compression", "compression-level", "force-compression");
    private static final Set<String> GHA =
            Set.of("url", "url_v2", "token", "scope", "timeout", "repository", "ghtoken", "version");
    private static final Set<String> S3 = Set.of(
            "prefix",
            "manifests_prefix",
            "blobs_prefix",
            "name",
            "touch_refresh",
            "endpoint_url",
            "access_key_id",
            "secret_access_key",
            "session_token",
            "use_path_style",
            "upload_parallelism",
            "disable_accept_encoding",
            "retry_mode",
            "retry_max_attempts");
    private static final Set<String> AZBLOB = Set.of(
            "account_name", "container", "prefix", "manifests_prefix", "blobs_prefix", "name", "secret_access_key");
    private static final Map<String, Type> TYPES = Map.of(
            "inline", new Type(Set.of(), Set.of(), Set.of(), Set.of()),
            "registry",
                    new Type(
                            Set.of("ref"),
                            Set.of("ref"),
                            Set.of("registry.insecure"),
                            and(LAYERS, "registry.insecure")),
            "local", new Type(Set.of("src"), Set.of("dest"), Set.of("tag", "digest"), and(LAYERS, "tag", "reset")),
            "gha", new Type(Set.of(), Set.of(), GHA, GHA),
            "s3", new Type(Set.of("bucket", "region"), Set.of("bucket", "region"), S3, S3),
            "azblob", new Type(Set.of("account_url"), Set.of("account_url"), AZBLOB, AZBLOB));
    private static final String ACCEPTED = "inline, registry, local, gha, s3, azblob";

    private CacheEntry() {}

    private static Set<String> and(Set<String> names, String... more) {
        Set<String> all = new TreeSet<>(names);
        all.addAll(List.of(more));
        return all;
    }

    static List<CacheSpec> parse(String text, Side side) throws InvalidValue {
        List<CacheSpec> specs = new ArrayList<>();
        if (text.indexOf('=') < 0) {
            for (String ref : AttributesText.fields(text)) {
                specs.add(new CacheSpec("registry", Attributes.of("ref", ref)));
            }
        } else {
            Attributes all = AttributesText.parse(text);
            String type = all.get("type")
                    .filter(t -> !t.isBlank())
                    .orElseThrow(() -> new InvalidValue(text, "has no type; accepted are " + ACCEPTED));
            specs.add(new CacheSpec(type, all.without("type")));
        }
        for (CacheSpec spec : specs) {
            check(text, spec, side);
        }
        return specs;
    }

    private static void check(String text, CacheSpec spec, Side side) throws InvalidValue {
        Type type = TYPES.get(spec.type());
        if (type == null) {
            checkUnknownType(text, spec.type());
            return;
        }
        if (side == Side.FROM && spec.type().equals("inline")) {
            throw new InvalidValue(
                    text, "an inline cache is read from the image that holds it; write type=registry,ref=<reference>");
        }
        for (String name : new TreeSet<>(type.needs(side))) {
            if (spec.attributes().get(name).filter(v -> !v.isBlank()).isEmpty()) {
                throw new InvalidValue(text, "type=" + spec.type() + " needs " + name + "=…");
            }
        }
        if (spec.type().equals("registry")) {
            ImageRef.parse(spec.attributes().get("ref").orElseThrow());
        }
        checkExport(text, spec.attributes());
    }

    /** BuildKit skips a wrong mode or flag without a word. */
    private static void checkExport(String text, Attributes attributes) throws InvalidValue {
        AttributesText.checkMode(text, attributes);
        AttributesText.booleanOf(attributes, "ignore-error");
    }

    /** A type that only the builder knows passes; a misspelt one does not. */
    private static void checkUnknownType(String text, String type) throws InvalidValue {
        String hint = Nearest.hint(type, TYPES.keySet().stream());
        if (!hint.isEmpty()) {
            throw new InvalidValue(text, "unknown type; accepted are " + ACCEPTED + hint);
        }
    }

    /** Whether buildx adds the keys that it finds in its environment: it does unless both are there. */
    static boolean isGivenKeys(CacheSpec spec) {
        return spec.type().equals("s3")
                && !spec.attributes().values().keySet().containsAll(Set.of("access_key_id", "secret_access_key"));
    }

    /** What is probably not meant, but not wrong. */
    static Stream<String> oddities(CacheSpec spec, Side side) {
        Type type = TYPES.get(spec.type());
        if (type == null) {
            return Stream.of(
                    "type=" + spec.type() + " is not one of " + ACCEPTED + "; only a builder that knows it works");
        }
        Set<String> known = type.knows(side);
        return spec.attributes().values().keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> "BuildKit does not read '" + name + "' of type=" + spec.type() + " here"
                        + Nearest.hint(name, known.stream()));
    }
}
