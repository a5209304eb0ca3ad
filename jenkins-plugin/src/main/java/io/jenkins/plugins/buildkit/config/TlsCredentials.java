package io.jenkins.plugins.buildkit.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.buildkitci.model.Secret;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of the kind X.509 Client Certificate, which the plugin docker-commons brings. Without that plugin there are
 * none.
 */
final class TlsCredentials implements Certificates.Source {
    /** Builders are the controller's: their credentials are looked for among its own. */
    @Override
    public Optional<Certificates> of(String credentialsId) {
        try {
            return Kept.of(credentialsId);
        } catch (NoClassDefFoundError e) { // docker-commons is not installed
            return Optional.empty();
        }
    }

    /** @param mayConfigure whether more than what is chosen already may be seen */
    static ListBoxModel offered(String current, boolean mayConfigure) {
        if (!mayConfigure) {
            return new StandardListBoxModel().includeCurrentValue(current);
        }
        try {
            return Kept.offered(current);
        } catch (NoClassDefFoundError e) { // docker-commons is not installed
            return new StandardListBoxModel().includeEmptyValue().includeCurrentValue(current);
        }
    }

    /** All that names a class of docker-commons. */
    private static final class Kept {
        static Optional<Certificates> of(String id) {
            return CredentialsProvider.lookupCredentialsInItemGroup(
                            DockerServerCredentials.class, Jenkins.get(), ACL.SYSTEM2)
                    .stream()
                    .filter(credentials -> credentials.getId().equals(id))
                    .findFirst()
                    .map(Kept::texts);
        }

        private static Certificates texts(DockerServerCredentials credentials) {
            hudson.util.Secret key = credentials.getClientKeySecret();
            return new Certificates(
                    given(credentials.getServerCaCertificate()),
                    given(credentials.getClientCertificate()),
                    given(key == null ? null : key.getPlainText()));
        }

        private static Optional<Secret> given(@Nullable String text) {
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(new Secret(text));
        }

        static ListBoxModel offered(String current) {
            return new StandardListBoxModel()
                    .includeEmptyValue()
                    .includeAs(ACL.SYSTEM2, Jenkins.get(), DockerServerCredentials.class)
                    .includeCurrentValue(current);
        }
    }
}
