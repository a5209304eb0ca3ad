package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;

/** Wrong arguments of a script, told without a stack trace although the method that reads them declares no exception. */
final class BadArguments {
    private BadArguments() {}

    /** Never returns. Jenkins prints an {@link AbortException} as one message and everything else with its stack. */
    static RuntimeException of(String message) {
        return BadArguments.<RuntimeException>unchecked(new AbortException(message));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased: the exception passes as it is
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
