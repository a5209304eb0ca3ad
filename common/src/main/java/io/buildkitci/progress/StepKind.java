package io.buildkitci.progress;

import java.util.Map;

/** What a step is for. */
public enum StepKind {
    RUN,
    COPY,
    ADD,
    WORKDIR,
    /** Another instruction of a Dockerfile. */
    INSTRUCTION,
    /** A base image: resolved, and pulled where its files are needed. */
    FROM,
    /** The second half of a {@code COPY --link} or {@code ADD --link}, made by BuildKit. */
    LINK,
    /** What BuildKit does for itself: Dockerfile, metadata, context, credentials. */
    INTERNAL,
    /** Image, archive or files are put together; a push of one node is a part of it. */
    EXPORT,
    /** Something is sent to a registry and nothing else. */
    PUSH,
    CACHE_EXPORT,
    CACHE_IMPORT,
    /** A vertex of a frontend that is no Dockerfile. */
    OTHER;

    private static final Map<String, StepKind> INSTRUCTIONS =
            Map.of("RUN", RUN, "COPY", COPY, "ADD", ADD, "WORKDIR", WORKDIR, "FROM", FROM, "LINK", LINK);

    private static final Map<String, StepKind> PHASES = Map.of(
            "exporting cache", CACHE_EXPORT,
            "exporting content cache", CACHE_EXPORT,
            "preparing build cache for export", CACHE_EXPORT,
            "importing cache", CACHE_IMPORT,
            "pushing ", PUSH,
            "merging manifest list ", PUSH,
            "exporting to ", EXPORT,
            "importing to ", EXPORT,
            "sending tarball", EXPORT,
            "FROM ", FROM);

    /** Whether a person wrote it into a Dockerfile as something to be run; {@link #FROM} only names what is there. */
    public boolean written() {
        return switch (this) {
            case RUN, COPY, ADD, WORKDIR, INSTRUCTION -> true;
            default -> false;
        };
    }

    static StepKind ofInstruction(String command) {
        String first = command.startsWith("ONBUILD ") ? command.substring("ONBUILD ".length()) : command;
        int space = first.indexOf(' ');
        return INSTRUCTIONS.getOrDefault(space < 0 ? first : first.substring(0, space), INSTRUCTION);
    }

    static StepKind ofPhase(String text, StepKind otherwise) {
        for (Map.Entry<String, StepKind> phase : PHASES.entrySet()) {
            if (text.startsWith(phase.getKey())) {
                return phase.getValue();
            }
        }
        return otherwise;
    }
}
