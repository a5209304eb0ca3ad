package io.buildkitci.action.github;

import io.buildkitci.input.InputTable;
import java.util.List;

/** One of the actions of this repository. */
interface Action {
    /** Where its inputs are listed. */
    List<InputTable> tables();

    /** @return the exit code */
    int main(ActionRun run) throws InterruptedException;
}
