package io.buildkitci.action.cli;

import io.buildkitci.failure.HostWords;

/** How a person calls inputs and steps on a command line. */
final class CommandLineWords implements HostWords {
    @Override
    public String input(String name) {
        return "--" + name;
    }

    @Override
    public String step(String name) {
        return HelpText.NAME + " " + name;
    }
}
