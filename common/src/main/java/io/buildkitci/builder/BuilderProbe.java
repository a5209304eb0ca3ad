package io.buildkitci.builder;

import io.buildkitci.process.LineListener;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks buildx about one builder. Never {@code buildx ls}: it contacts every builder of the person. */
public final class BuilderProbe {
    private static final Pattern MISSING = Pattern.compile("no builder \"([^\"]+)\" found");

    private final BuildxCli buildx;

    public BuilderProbe(BuildxCli buildx) {
        this.buildx = buildx;
    }

    /** What buildx answered. */
    public sealed interface Answer {}

    /** A builder that exists; its nodes need not be up. */
    public record Known(Inspection builder) implements Answer {}

    /** There is no builder of that name, which is the one asked for or that the environment names. */
    public record Unknown(String name) implements Answer {}

    /** It could not be found out. */
    public record Failed(BuilderFailure failure) implements Answer {}

    /** @param name empty means the current builder */
    public Answer inspect(Optional<String> name) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("inspect"));
        name.ifPresent(arguments::add);
        Captured said = buildx.run(BuildxCli.PROMPTLY, arguments);
        return answer(said, BuilderFailure.Reason.NOT_SEEN, "the builder cannot be looked at");
    }

    /**
     * Starts a builder's nodes and asks about it then.
     *
     * @param progress told what buildx says meanwhile
     */
    public Answer boot(String name, Duration limit, LineListener progress) throws InterruptedException {
        Captured said = buildx.run(limit, List.of("inspect", "--bootstrap", name), (stream, line) -> {
            if (stream == LineListener.Stream.ERR) {
                progress.line(stream, line);
            }
        });
        String what = "builder " + name + " did not start";
        Answer answer = answer(said, BuilderFailure.Reason.NOT_BOOTED, what);
        return answer instanceof Known known && !known.builder().running()
                ? new Failed(notRunning(known.builder(), what))
                : answer;
    }

    private static Answer answer(Captured said, BuilderFailure.Reason reason, String what) {
        if (said.succeeded()) {
            return new Known(InspectParser.parse(said.out()));
        }
        Matcher missing = MISSING.matcher(said.err());
        return missing.find() ? new Unknown(missing.group(1)) : new Failed(BuilderFailure.of(said, reason, what));
    }

    /** {@code buildx inspect --bootstrap} exits 0 when it could not even ask the engine of a node. */
    private static BuilderFailure notRunning(Inspection builder, String what) {
        String why = builder.firstError()
                .orElseGet(() -> builder.nodes().stream()
                        .filter(n -> !n.running())
                        .map(n -> n.name() + " is " + (n.status().isEmpty() ? "in no known state" : n.status()))
                        .findFirst()
                        .orElse("it has no nodes"));
        return BuilderFailure.of(BuilderFailure.Reason.NOT_BOOTED, what, why);
    }
}
