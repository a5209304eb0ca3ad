package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A look, after a build failed, at what helps: what there is to be freed of room, when a registry takes requests again. For the
 * advice; never fails a build.
 */
final class Remedies {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration HUB_WINDOW = Duration.ofHours(6);
    private static final int MOST = 3;
    private static final Pattern RECLAIMABLE = Pattern.compile("(?m)^Reclaimable:\\s+(\\S+)\\s*$");
    private static final Pattern ENTRY = Pattern.compile("(\\d{1,15})\\s+(.+)");

    private final ProcessRunner processes;
    private final Builds.Ready ready;
    private final InstantSource clock;

    Remedies(ProcessRunner processes, Builds.Ready ready, InstantSource clock) {
        this.processes = processes;
        this.ready = ready;
        this.clock = clock;
    }

    BuildFailure added(BuildFailure failure) throws InterruptedException {
        Optional<String> more =
                switch (failure.code()) {
                    case DISK_FULL -> prunable();
                    case CONTEXT_TOO_LARGE -> largest();
                    case REGISTRY_RATE_LIMITED -> again(failure);
                    default -> Optional.empty();
                };
        return more.map(text -> failure.advising(failure.advice() + " " + text)).orElse(failure);
    }

    /**
     * Registries say when in a header, which BuildKit does not pass on, and some in their text as well. Docker Hub does not: it
     * counts pulls over windows of six hours ({@code ratelimit-limit: 100;w=21600}).
     */
    private Optional<String> again(BuildFailure failure) {
        Optional<Duration> after = Retrying.retryAfter(failure);
        if (after.isPresent()) {
            Instant then = clock.instant().plus(after.get()).truncatedTo(ChronoUnit.SECONDS);
            return Optional.of("It takes requests again at " + then + ".");
        }
        boolean hub = Retrying.said(failure).stream().anyMatch(line -> line.contains("pull rate limit"));
        Instant latest = clock.instant().plus(HUB_WINDOW).truncatedTo(ChronoUnit.MINUTES);
        return hub
                ? Optional.of(
                        "Docker Hub counts pulls over six hours and does not tell the builder when the next are free:"
                                + " at " + latest + " at the latest.")
                : Optional.empty();
    }

    private Optional<String> prunable() throws InterruptedException {
        List<String> argv = new ArrayList<>(ready.capabilities().client().command());
        if (ready.capabilities().client() instanceof Capabilities.Buildctl buildctl) {
            argv.addAll(buildctl.daemon().flags());
            argv.add("du");
        } else if (ready.capabilities().client() instanceof Capabilities.Buildx) {
            argv.add("du");
            ready.request().builder().ifPresent(name -> argv.addAll(List.of("--builder", name)));
        } else {
            return Optional.empty();
        }
        return said(argv)
                .map(RECLAIMABLE::matcher)
                .filter(Matcher::find)
                .map(found -> "A prune would free " + found.group(1) + ".");
    }

    /** By the system's own du; what .dockerignore leaves out is counted as well. */
    private Optional<String> largest() throws InterruptedException {
        String context = ready.request().source().context().replaceFirst("(?<=.)/+$", "");
        return said(List.of("du", "-a", "-k", "-d", "1", "--", context))
                .map(text -> largest(text, context))
                .filter(entries -> !entries.isEmpty())
                .map(entries -> "Its largest entries: " + entries + ".");
    }

    private static String largest(String text, String context) {
        record Entry(long kilobytes, String path) {
            String shown(String context) {
                return path.substring(context.length() + 1)
                        + String.format(Locale.ROOT, " (%.1f MB)", kilobytes / 1024.0);
            }
        }
        return text.lines()
                .map(ENTRY::matcher)
                .filter(Matcher::matches)
                .map(entry -> new Entry(Long.parseLong(entry.group(1)), entry.group(2)))
                .filter(entry -> entry.path().startsWith(context + "/"))
                .sorted(Comparator.comparing(Entry::kilobytes).reversed())
                .limit(MOST)
                .map(entry -> entry.shown(context))
                .collect(Collectors.joining(", "));
    }

    private Optional<String> said(List<String> argv) throws InterruptedException {
        Captured captured = processes.capture(Command.of(argv).within(PATIENCE));
        return captured.succeeded() ? Optional.of(captured.out()) : Optional.empty();
    }
}
