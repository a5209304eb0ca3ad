package jenkins.branch;

import hudson.model.Action;
import java.util.List;
import jenkins.scm.api.SCMHead;

/** A head of a multibranch project, and what is known of it; here a test says what. */
public class Branch {
    private final SCMHead head;
    private final List<Action> actions;

    public Branch(SCMHead head, List<Action> actions) {
        this.head = head;
        this.actions = List.copyOf(actions);
    }

    public SCMHead getHead() {
        return head;
    }

    /** {@code null} when there is none of that kind. */
    public <A extends Action> A getAction(Class<A> clazz) {
        return actions.stream()
                .filter(clazz::isInstance)
                .map(clazz::cast)
                .findFirst()
                .orElse(null);
    }
}
