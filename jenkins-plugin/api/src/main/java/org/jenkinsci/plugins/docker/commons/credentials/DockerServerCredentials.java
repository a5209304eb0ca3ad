package org.jenkinsci.plugins.docker.commons.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;

/** A client's certificate with its key, and the authority of the server's. */
public class DockerServerCredentials implements StandardCredentials {
    private final String id;
    private final Secret clientKey;
    private final String clientCertificate;
    private final String serverCaCertificate;

    /** For tests. */
    public DockerServerCredentials(String id, Secret clientKey, String clientCertificate, String serverCaCertificate) {
        this.id = id;
        this.clientKey = clientKey;
        this.clientCertificate = clientCertificate;
        this.serverCaCertificate = serverCaCertificate;
    }

    @Override
    public String getId() {
        return id;
    }

    public Secret getClientKeySecret() {
        return clientKey;
    }

    public String getClientCertificate() {
        return clientCertificate;
    }

    public String getServerCaCertificate() {
        return serverCaCertificate;
    }
}
