package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A look at the machine after a build ran out of room: what there is to be freed, for the advice. Never fails a build. */
final class Remedies {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 3;
    private static final Pattern RECLAIMABLE = Pattern.compile("(?m)^Reclaimable:\\s+(\\S+)\\s*$");
    private static final Pattern ENTRY = Pattern.compile("(\\d{1,15})\\s+(.+)");

    private final ProcessRunner processes;
    private final Builds.Ready ready;

    Remedies(ProcessRunner processes, Builds.Ready ready) {
        this.processes = processes;
        this.ready = ready;
    }

    BuildFailure added(BuildFailure failure) throws InterruptedException {
        Optional<String> more =
                switch (failure.code()) {
                    case DISK_FULL -> prunable();
                    case CONTEXT_TOO_LARGE -> largest();
                    default -> Optional.empty();
                };
        return more.map(text -> failure.advising(failure.advice() + " " + text)).orElse(failure);
    }

    private Optional<String> prunable() throws InterruptedException {
        if (!(ready.capabilities().client() instanceof Capabilities.Buildx buildx)) {
            return Optional.empty();
        }
        List<String> argv = new ArrayList<>(buildx.command());
        argv.add("du");
        ready.request().builder().ifPresent(name -> argv.addAll(List.of("--builder", name)));
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
