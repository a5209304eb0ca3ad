package io.jenkins.plugins.buildkit.credentials;

import java.util.List;

/**
 * The credentials that a build asks for, by their ids in Jenkins.
 *
 * @param registry of the registry; empty for none
 * @param registryUrl whose registry it is; empty for that of the image's name
 * @param secrets of the Dockerfile's steps
 * @param ssh keys of the Dockerfile's steps
 */
public record CredentialsAsked(String registry, String registryUrl, List<Named> secrets, List<Named> ssh) {
    public CredentialsAsked {
        secrets = List.copyOf(secrets);
        ssh = List.copyOf(ssh);
    }

    /** Credentials for an id of the build. */
    public record Named(String id, String credentialsId) {}

    public boolean isEmpty() {
        return registry.isEmpty() && secrets.isEmpty() && ssh.isEmpty();
    }

    /** @param image whose registry it is when nothing else was said */
    public CredentialsAsked forImageOf(String image) {
        return registryUrl.isEmpty() ? new CredentialsAsked(registry, image, secrets, ssh) : this;
    }
}
