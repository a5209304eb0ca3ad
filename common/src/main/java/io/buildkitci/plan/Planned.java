package io.buildkitci.plan;

import java.util.List;

/** A plan, or every reason why the builder cannot do what is asked. */
public sealed interface Planned {
    /** It can be done, this way. */
    record Ready(BuildPlan plan) implements Planned {}

    /** It cannot be done with this builder. */
    record Refused(List<Obstacle> obstacles) implements Planned {
        public Refused {
            obstacles = List.copyOf(obstacles);
        }
    }

    /**
     * One thing that the builder cannot do.
     *
     * @param input the input that asks for it; empty when every build does
     * @param reason what the builder lacks, a sentence
     * @param remedy the nearest way that works, a sentence
     */
    record Obstacle(String input, String reason, String remedy) {
        /** Input and reason, on one line. */
        public String text() {
            return (input.isEmpty() ? "" : input + ": ") + reason;
        }
    }
}
