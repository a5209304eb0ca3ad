package io.buildkitci.action.github;

import io.buildkitci.input.InputTable;
import java.util.List;

/** One of the actions of this repository. */
interface Action {
    /** The value of the input {@code step} in its {@code action.yml}. */
    String step();

    /** Where its inputs are listed. */
    List<InputTable> tables();

    /** @return the exit code */
    int main(ActionRun run) throws InterruptedException;
}
