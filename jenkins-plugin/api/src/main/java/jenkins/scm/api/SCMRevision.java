package jenkins.scm.api;

import java.io.Serializable;

/** One state of a head. */
public abstract class SCMRevision implements Serializable {
    private final transient SCMHead head;

    protected SCMRevision(SCMHead head) {
        this.head = head;
    }

    public final SCMHead getHead() {
        return head;
    }

    @Override
    public abstract boolean equals(Object obj);

    @Override
    public abstract int hashCode();
}
