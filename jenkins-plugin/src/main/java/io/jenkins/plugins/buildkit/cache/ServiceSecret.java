package io.jenkins.plugins.buildkit.cache;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import io.buildkitci.cacheservice.trust.Tokens;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** What an external service is asked with, from credentials of the controller's own: secret texts and secret files. */
final class ServiceSecret {
    static final String NONE = "no credentials of the kind Secret text or Secret file have this ID, or they are empty";
    private static final int LONGEST = 64 << 10;

    private ServiceSecret() {}

    /** What tokens are signed with, as the service reads it from its file. */
    static byte[] of(String credentialsId) throws InvalidValue {
        byte[] secret = text(credentialsId)
                .orElseThrow(() -> new InvalidValue(credentialsId, NONE))
                .reveal()
                .getBytes(StandardCharsets.UTF_8);
        if (secret.length < Tokens.SECRET) {
            throw new InvalidValue(
                    credentialsId,
                    "it has " + secret.length + " bytes; a secret of a cache service has at least " + Tokens.SECRET);
        }
        return secret;
    }

    static Optional<Secret> text(String credentialsId) {
        for (StandardCredentials found : CredentialsProvider.lookupCredentialsInItemGroup(
                StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2)) {
            if (found.getId().equals(credentialsId)) {
                return read(found)
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(Secret::new);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> read(StandardCredentials found) {
        if (found instanceof StringCredentials text) {
            return Optional.of(text.getSecret().getPlainText());
        }
        if (!(found instanceof FileCredentials file)) {
            return Optional.empty();
        }
        try (InputStream in = file.getContent()) {
            return Optional.of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
