package io.buildkitci.input;

import io.buildkitci.model.BuildRequest.Caching;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is taken from and put into caches. */
final class CachingInputs {
    /** What a cache service is asked with. */
    static final InputSpec TOKEN = InputSpec.text(
                    "cache-token",
                    "token for the service that cache names; in a variable or a file, not on a command line")
            .example("header.payload.signature")
            .secret()
            .ours();

    private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    /** Variables by which the AWS SDK finds keys; a session token goes with them. */
    private static final List<String> LEADING_TO_KEYS = List.of(
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SECRET_KEY",
            "AWS_PROFILE",
            "AWS_DEFAULT_PROFILE",
            "AWS_SHARED_CREDENTIALS_FILE",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");

    private CachingInputs() {}

    static Caching read(InputReader in) {
        List<CacheSpec> from = entries(in, "cache-from", CacheEntry.Side.FROM);
        for (CacheSpec spec : from) {
            spec.attributes()
                    .get("src")
                    .filter(src -> !in.outside().directory().test(src))
                    .ifPresent(src -> in.notice("cache-from", "'" + src + "' does not exist yet; nothing is read"));
        }
        if (from.stream().anyMatch(CacheEntry::isGivenKeys)) {
            keysOfTheEnvironment(in);
        }
        return new Caching(
                in.one("cache", CacheShorthand::parse),
                token(in),
                from,
                entries(in, "cache-to", CacheEntry.Side.TO),
                Optional.empty(),
                in.flag("no-cache"),
                in.items("no-cache-filters"),
                in.flag("pull"));
    }

    static Optional<Secret> token(InputReader in) {
        return in.one(TOKEN.name(), CachingInputs::token);
    }

    /**
     * buildx asks the AWS SDK for keys. It adds the runner's token to {@code type=gha}, too, which ends with its job, and
     * nothing to others: to {@code azblob} a key comes as an attribute only.
     */
    private static void keysOfTheEnvironment(InputReader in) {
        String found = LEADING_TO_KEYS.stream()
                .filter(name -> in.outside()
                        .variable()
                        .apply(name)
                        .filter(v -> !v.isBlank())
                        .isPresent())
                .collect(Collectors.joining(", "));
        if (!found.isEmpty()) {
            in.notice(
                    "cache-from",
                    "buildx adds the keys that it finds by " + found + " of this environment to type=s3, and BuildKit"
                            + " keeps them in clear text in the builder's history; what helps is a key that ends soon and"
                            + " can only read, none where the builder's machine has a role of its own, or another type of"
                            + " cache");
        }
    }

    private static Secret token(String text) throws InvalidValue {
        if (!JWT.matcher(text).matches()) {
            throw new InvalidValue(text, "is no token of a cache service; 'cache token' makes one");
        }
        return new Secret(text);
    }

    private static List<CacheSpec> entries(InputReader in, String input, CacheEntry.Side side) {
        List<CacheSpec> entries = new ArrayList<>();
        for (List<CacheSpec> ofOneItem : in.each(input, text -> CacheEntry.parse(text, side))) {
            entries.addAll(ofOneItem);
        }
        for (CacheSpec entry : entries) {
            for (String oddity : CacheEntry.oddities(entry, side).toList()) {
                in.notice(input, oddity);
            }
        }
        return entries;
    }
}
