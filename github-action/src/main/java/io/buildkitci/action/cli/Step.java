package io.buildkitci.action.cli;

import io.buildkitci.input.InputTable;

/** A step that the command line offers. */
interface Step {
    /** Its inputs, and with them its flags. */
    InputTable table();

    /** What it does, one sentence. */
    String description();

    /** One complete command line. */
    String example();

    /** Whether the first argument that is no flag is the build context. */
    default boolean takesContext() {
        return false;
    }

    /** The list that further arguments that are no flags belong to; empty where there may be none. */
    default String further() {
        return "";
    }

    /** Whether {@code --plan} shows what would be done. */
    default boolean canPlan() {
        return false;
    }

    /** @return the exit code */
    int run(Invocation invocation) throws InterruptedException;
}
