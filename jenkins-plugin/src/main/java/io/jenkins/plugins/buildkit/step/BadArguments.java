package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.Map;

/** Wrong arguments of a script, told without a stack trace although the method that reads them declares no exception. */
final class BadArguments {
    private BadArguments() {}

    /** What a script's arguments come to, for a step with inputs only. */
    static Map<String, Object> checked(StepParameters parameters, Map<String, ?> arguments) {
        StepParameters.Read read = parameters.read(arguments);
        if (!read.problems().isEmpty()) {
            throw of(StepFailure.ofTexts(parameters.step(), read.problems()));
        }
        return read.values();
    }

    /** Never returns. Jenkins prints an {@link AbortException} as one message and everything else with its stack. */
    static RuntimeException of(String message) {
        return BadArguments.<RuntimeException>unchecked(new AbortException(message));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the cast is erased: the exception passes as it is
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
