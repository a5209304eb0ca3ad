package hudson.slaves;

import hudson.model.Node;

/** Something that an agent's configuration says beyond the usual. */
public abstract class NodeProperty<N extends Node> {}
