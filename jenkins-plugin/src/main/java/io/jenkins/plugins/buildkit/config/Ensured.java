package io.jenkins.plugins.buildkit.config;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.input.Problem;
import java.util.List;

/** Whether a configured builder is on an agent. */
public sealed interface Ensured {
    /**
     * It is.
     *
     * @param builder its name there, for buildx
     * @param made whether it was made for this build
     */
    record Ready(String builder, boolean made) implements Ensured {}

    /** Its configuration is wrong. */
    record Invalid(List<Problem> problems) implements Ensured {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /**
     * It could not be made.
     *
     * @param left what could not be removed again; normally empty
     */
    record Failed(BuilderFailure failure, List<String> left) implements Ensured {
        public Failed {
            left = List.copyOf(left);
        }
    }
}
