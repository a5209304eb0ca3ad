package hudson.model;

import java.util.Set;

/** What agents are asked for by. */
public abstract class Label {
    public abstract Set<Node> getNodes();
}
