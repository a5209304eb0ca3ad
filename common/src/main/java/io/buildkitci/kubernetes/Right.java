package io.buildkitci.kubernetes;

import java.util.List;

/**
 * Something that buildx asks of the cluster, seen on buildx 0.29 and 0.36: these verbs on this resource, and no others. It
 * neither watches nor reads logs.
 */
public enum Right {
    DEPLOYMENTS("apps", "deployments", "get create delete", "the daemons of a node"),
    STATEFUL_SETS(
            "apps",
            "statefulsets",
            "get create delete",
            "the daemons of a node, with persistent-volume-claim.requests.storage"),
    PODS("", "pods", "list", "which daemons run"),
    EXEC("", "pods/exec", "create", "the way to a daemon: `buildctl dial-stdio` in its pod"),
    CONFIG_MAPS("", "configmaps", "create update delete", "the configuration of the daemons");

    private final String group;
    private final String resource;
    private final String verbs;
    private final String purpose;

    Right(String group, String resource, String verbs, String purpose) {
        this.group = group;
        this.resource = resource;
        this.verbs = verbs;
        this.purpose = purpose;
    }

    /** The API group; empty text for the core. */
    public String group() {
        return group;
    }

    /** With its subresource, as a Role names it. */
    public String resource() {
        return resource;
    }

    public List<String> verbs() {
        return List.of(verbs.split(" ", -1));
    }

    /** What it is for, a noun phrase. */
    public String purpose() {
        return purpose;
    }
}
