package io.jenkins.plugins.buildkit.credentials;

import io.buildkitci.input.Problem;
import java.util.List;

/** Everything that a build asked for of Jenkins' credentials, or why not. */
public sealed interface CredentialsAnswer permits Handed, CredentialsAnswer.Lacking {
    /** Credentials are missing or of a kind that does not fit; all of it is told, and nothing was written. */
    record Lacking(List<Problem> problems) implements CredentialsAnswer {
        public Lacking {
            problems = List.copyOf(problems);
        }
    }
}
