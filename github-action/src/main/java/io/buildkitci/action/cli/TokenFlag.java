package io.buildkitci.action.cli;

import io.buildkitci.input.Problem;

/** The token of a cache service as a flag: what stands on a command line is seen by every user of the machine. */
final class TokenFlag {
    private static final String INPUT = "cache-token";

    private TokenFlag() {}

    /** The call, with one more problem where the flag is given. */
    static Invocation refused(Invocation invocation) {
        return invocation.with(
                invocation.inputs().get(INPUT).filter(given -> given.word().equals("--" + INPUT)).stream()
                        .map(given -> new Problem(
                                given.word(),
                                "",
                                "would show the token to every user of this machine; set the variable " + Sources.PREFIX
                                        + "CACHE_TOKEN, or write it into a configuration file"))
                        .toList());
    }
}
