package jenkins.model;

import hudson.model.Action;
import hudson.model.Run;

/** An action that is told which build it belongs to. */
public interface RunAction2 extends Action {
    /** When it is attached for the first time. */
    void onAttached(Run<?, ?> r);

    /** When it was read back with its build. */
    void onLoad(Run<?, ?> r);
}
