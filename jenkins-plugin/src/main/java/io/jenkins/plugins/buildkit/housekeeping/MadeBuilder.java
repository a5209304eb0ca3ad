package io.jenkins.plugins.buildkit.housekeeping;

import io.buildkitci.json.PlainJson;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A builder that this controller made, or was about to make.
 *
 * @param runs builds that use it, as far as they are not known to be over
 * @param used when the last one came
 */
record MadeBuilder(
        String agent,
        String builder,
        List<String> runs,
        boolean keepState,
        Optional<Duration> unusedFor,
        Instant used) {
    /** An agent that does not come back takes its builders along; then there is nothing to wait for. */
    static final Duration FORGOTTEN = Duration.ofDays(30);

    MadeBuilder {
        runs = List.copyOf(runs);
    }

    static MadeBuilder of(BuilderUse use, Instant now) {
        return new MadeBuilder(use.agent(), use.builder(), runs(use), use.keepState(), use.unusedFor(), now);
    }

    private static List<String> runs(BuilderUse use) {
        return use.run().isEmpty() ? List.of() : List.of(use.run());
    }

    boolean is(String otherAgent, String otherBuilder) {
        return agent.equals(otherAgent) && builder.equals(otherBuilder);
    }

    MadeBuilder with(BuilderUse use, Instant now) {
        List<String> all =
                Stream.concat(runs.stream(), runs(use).stream()).distinct().toList();
        return new MadeBuilder(agent, builder, all, use.keepState(), use.unusedFor(), now);
    }

    /** Without builds that are over. */
    MadeBuilder onlyWith(Predicate<String> running) {
        return new MadeBuilder(agent, builder, runs.stream().filter(running).toList(), keepState, unusedFor, used);
    }

    /** Whether no build uses it and it has been kept for as long as was asked for. */
    boolean isDue(Instant now) {
        return runs.isEmpty() && unusedFor.isPresent() && !now.isBefore(used.plus(unusedFor.get()));
    }

    static Optional<MadeBuilder> from(PlainJson json) {
        String builder = json.text("builder");
        if (builder.isEmpty()) {
            return Optional.empty();
        }
        List<String> runs = new ArrayList<>();
        json.values("runs").forEach(run -> runs.add(String.valueOf(run)));
        Optional<Duration> unusedFor = json.has("unusedForHours")
                ? Optional.of(Duration.ofHours(json.number("unusedForHours")))
                : Optional.empty();
        return Optional.of(new MadeBuilder(
                json.text("agent"), builder, runs, json.isTrue("keepState"), unusedFor, instant(json.text("used"))));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("agent", agent);
        json.put("builder", builder);
        json.put("runs", runs);
        json.put("keepState", keepState);
        unusedFor.ifPresent(time -> json.put("unusedForHours", time.toHours()));
        json.put("used", used.toString());
        return json;
    }
}
