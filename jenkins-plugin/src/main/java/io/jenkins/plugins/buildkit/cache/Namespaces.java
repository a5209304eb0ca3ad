package io.jenkins.plugins.buildkit.cache;

import java.util.Optional;

/**
 * What the jobs of this Jenkins are called in a service.
 *
 * @param controller what this Jenkins is called there
 */
record Namespaces(String controller) {
    /** In a service of its own. */
    static final Namespaces OWN = new Namespaces("jenkins");

    private static final int ID_LENGTH = 12;

    /** @param instanceId of this Jenkins, which no other has */
    static Namespaces in(ExternalService service, String instanceId) {
        String name = service.getController();
        String id = instanceId.substring(0, Math.min(ID_LENGTH, instanceId.length()));
        return new Namespaces(name.isEmpty() ? id : name);
    }

    /** @param owner full name of a job or of a multibranch project */
    String of(String owner) {
        return controller + "/" + owner;
    }

    /** Whose a namespace is; empty when it is none of this Jenkins'. */
    Optional<String> owner(String namespace) {
        String prefix = controller + "/";
        return namespace.startsWith(prefix) ? Optional.of(namespace.substring(prefix.length())) : Optional.empty();
    }
}
