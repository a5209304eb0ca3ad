package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailedStep;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Delivery;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a build that failed is run again, after how long, and with what changed. Pure: the same answer for the same
 * failure, so that a host that was restarted comes to the same one.
 *
 * <p>A failed step and bad input are never run again. What has been built is in the builder's cache, so that another run
 * does only what is missing.
 */
public final class Retrying {
    static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    /** An engine or a builder that begins again takes some seconds. */
    static final Duration FIRST_WAIT_FOR_A_BUILDER = Duration.ofSeconds(5);

    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final Set<FailureCode> PASSING = EnumSet.of(
            FailureCode.BUILDER_LOST,
            FailureCode.BUILDER_UNREACHABLE,
            FailureCode.STALLED,
            FailureCode.REGISTRY_UNREACHABLE,
            FailureCode.REGISTRY_RATE_LIMITED,
            FailureCode.REGISTRY_FAILED,
            FailureCode.CACHE_EXPORT_FAILED);

    /** These can be wrong for good as well; what is said tells. */
    private static final Set<FailureCode> PASSING_IF_SAID =
            EnumSet.of(FailureCode.SOURCE_UNAVAILABLE, FailureCode.FRONTEND_UNAVAILABLE);

    private static final Pattern PASSING_WORDS = Pattern.compile(
            "\\b(?:408|429|5\\d\\d)\\b|reset by peer|(?i:timed? ?out)|i/o timeout|connection refused|EOF"
                    + "|(?i:could not resolve host)|no such host");

    private static final Pattern RETRY_AFTER =
            Pattern.compile("(?i)retry[- ]after:? *(?<number>\\d{1,9})(?:\\.\\d+)? *(?<unit>[µu]s|ms|s|m|h|)");

    private Retrying() {}

    /** What another run leaves out. */
    public enum Without {
        NOTHING,
        CACHE_EXPORT,
        CACHES;

        /** What a run leaves out that comes after several others. */
        public Without and(Without other) {
            return compareTo(other) < 0 ? other : this;
        }

        /** The same request without it; a cache that is a part of the image stays. */
        public BuildRequest of(BuildRequest request) {
            BuildRequest.Caching caching = request.caching();
            List<CacheSpec> inline = caching.to().stream()
                    .filter(spec -> spec.type().equals("inline"))
                    .toList();
            return switch (this) {
                case NOTHING -> request;
                case CACHE_EXPORT -> request.withCaching(caching.with(caching.from(), inline));
                case CACHES -> request.withCaching(caching.with(List.of(), inline));
            };
        }
    }

    /** It is run again. */
    public record Again(Duration pause, Without without) {
        /**
         * Tells of the run that failed, for a log and a report.
         *
         * @param number of that run, from 1
         * @param at since the first began
         */
        public String sentence(int number, BuildFailure failure, Duration at) {
            String changed =
                    switch (without) {
                        case NOTHING -> "run again";
                        case CACHE_EXPORT -> "run again without writing the cache";
                        case CACHES -> "run again without the cache";
                    };
            String when = pause.isZero() ? " at once" : " after " + seconds(pause);
            return "run " + number + " failed at " + seconds(at) + ", " + changed + when + ": " + failure.message()
                    + "  [" + failure.code().id() + "]";
        }

        private static String seconds(Duration time) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
    }

    /**
     * @param took all runs so far, and the waits between them
     * @return empty where this is the end
     */
    public static Optional<Again> after(Ran<?> ran, Duration took) {
        Patience patience = ran.patience();
        int before = ran.earlier().size();
        if (ran.failure().isEmpty()) {
            return Optional.empty();
        }
        BuildFailure failure = ran.failure().get();
        Without without =
                ran instanceof Finished build ? without(failure, build.request()) : without(failure, (Baked) ran);
        if (before >= patience.retries() && without != Without.CACHE_EXPORT) {
            return Optional.empty();
        }
        boolean passes = without == Without.CACHE_EXPORT
                || PASSING.contains(failure.code())
                || (PASSING_IF_SAID.contains(failure.code())
                        && PASSING_WORDS.matcher(failure.message()).find());
        if (!passes) {
            return Optional.empty();
        }
        Duration wait = without == Without.NOTHING ? wait(failure, before) : Duration.ZERO;
        boolean late = patience.timeout()
                .filter(limit -> took.plus(wait).compareTo(limit) >= 0)
                .isPresent();
        return late || wait.compareTo(LONGEST_WAIT) > 0 ? Optional.empty() : Optional.of(new Again(wait, without));
    }

    /** As the service says; otherwise twice as long each time. */
    private static Duration wait(BuildFailure failure, int before) {
        boolean builder =
                failure.code() == FailureCode.BUILDER_LOST || failure.code() == FailureCode.BUILDER_UNREACHABLE;
        Duration first = builder ? FIRST_WAIT_FOR_A_BUILDER : FIRST_WAIT;
        Duration usual = first.multipliedBy(1L << Math.min(before, 10));
        Duration capped = usual.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : usual;
        return retryAfter(failure).filter(asked -> asked.compareTo(capped) > 0).orElse(capped);
    }

    /** Some registries say it in the text of their answer; the header itself is not told by BuildKit. */
    static Optional<Duration> retryAfter(BuildFailure failure) {
        for (String line : said(failure)) {
            Matcher asked = RETRY_AFTER.matcher(line);
            if (asked.find()) {
                long number = Long.parseLong(asked.group("number"));
                return Optional.of(
                        switch (asked.group("unit")) {
                            case "ms" -> Duration.ofMillis(number);
                            case "m" -> Duration.ofMinutes(number);
                            case "h" -> Duration.ofHours(number);
                            case "s", "" -> Duration.ofSeconds(number);
                            default -> Duration.ofNanos(number * 1000);
                        });
            }
        }
        return Optional.empty();
    }

    /**
     * A run that found no builder has done nothing and counts for none, where the builder is made again: it was there when it
     * was looked at, or has been until it ended the last run. To be asked once in a build.
     */
    public static Optional<Again> withAnotherBuilder(Ran<?> ran) {
        boolean missing = ran.failure().map(BuildFailure::code).equals(Optional.of(FailureCode.BUILDER_MISSING));
        return missing && ran.patience().retries() > 0
                ? Optional.of(new Again(Duration.ZERO, Without.NOTHING))
                : Optional.empty();
    }

    /**
     * A build that delivers something does not need the cache that failed, so that this is the end of it and no retry;
     * BuildKit stops the push with the export of the cache. One that only fills a cache, or says that the cache is
     * needed, fails.
     */
    private static Without without(BuildFailure failure, BuildRequest request) {
        Delivery delivery = request.delivery();
        boolean delivers =
                delivery.push() || delivery.load() || !delivery.outputs().isEmpty();
        boolean needed = request.caching().to().stream()
                .anyMatch(cache -> cache.attributes().get("ignore-error").equals(Optional.of("false")));
        if (isOfWriting(failure) && delivers && !needed) {
            return Without.CACHE_EXPORT;
        }
        return isOfReading(failure, request) ? Without.CACHES : Without.NOTHING;
    }

    /** Targets can only do without a cache that the definition does not name; those fail no export. */
    private static Without without(BuildFailure failure, Baked baked) {
        boolean ours = baked.targets().values().stream()
                .map(Finished::request)
                .anyMatch(request -> request.caching().shorthand().isPresent() && isOfReading(failure, request));
        return ours ? Without.CACHES : Without.NOTHING;
    }

    private static boolean isOfWriting(BuildFailure failure) {
        return switch (failure.code()) {
            case CACHE_EXPORT_FAILED, CACHE_NO_ROOM -> true;
            case DISK_FULL -> failure.step().filter(FailedStep::exportsCache).isPresent();
            default -> false;
        };
    }

    private static boolean isOfReading(BuildFailure failure, BuildRequest request) {
        return request.caching().from().stream().anyMatch(cache -> names(said(failure), cache));
    }

    static List<String> said(BuildFailure failure) {
        List<String> said = new ArrayList<>(failure.clientLines());
        failure.step().map(FailedStep::error).ifPresent(said::add);
        return said;
    }

    /** Whether what was said is about this cache: its repository at the registry, or its address. */
    private static boolean names(List<String> said, CacheSpec cache) {
        Stream<String> repository = cache.attributes().get("ref").stream()
                .map(ref -> "/v2/" + ref.replaceFirst("^[^/]*/", "").replaceFirst("[:@][^/]*$", "") + "/");
        Stream<String> address = Stream.of("url", "url_v2", "endpoint_url", "account_url")
                .flatMap(name -> cache.attributes().get(name).stream());
        Stream<String> importer = Stream.of("failed to configure " + cache.type() + " cache importer");
        return Stream.of(repository, address, importer)
                .flatMap(words -> words)
                .anyMatch(words -> said.stream().anyMatch(line -> line.contains(words)));
    }
}
