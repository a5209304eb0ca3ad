package io.jenkins.plugins.buildkit.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.util.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.KeyStore;
import java.util.List;
import java.util.UUID;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Credentials of every kind, kept for a test under a new id. */
public final class KeptCredentials {
    private KeptCredentials() {}

    private record UserAndPassword(String id, String user, String password, boolean isUsernameSecret)
            implements StandardUsernamePasswordCredentials {
        @Override
        public String getId() {
            return id;
        }

        @Override
        public String getUsername() {
            return user;
        }

        @Override
        public Secret getPassword() {
            return Secret.fromString(password);
        }
    }

    private record Text(String id, String text) implements StringCredentials {
        @Override
        public String getId() {
            return id;
        }

        @Override
        public Secret getSecret() {
            return Secret.fromString(text);
        }
    }

    /** A secret file. */
    private static final class SecretFile implements FileCredentials {
        private final String id;
        private final byte[] content;

        SecretFile(String id, byte[] content) {
            this.id = id;
            this.content = content.clone();
        }

        @Override
        public String getId() {
            return id;
        }

        @Override
        public String getFileName() {
            return "secret";
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(content);
        }
    }

    private record Key(String id, List<String> getPrivateKeys) implements SSHUserPrivateKey {
        @Override
        public String getId() {
            return id;
        }

        @Override
        public String getUsername() {
            return "git";
        }

        @Override
        public Secret getPassphrase() {
            return Secret.fromString("");
        }
    }

    private record Certificate(String id, KeyStore store, String password) implements StandardCertificateCredentials {
        @Override
        public String getId() {
            return id;
        }

        @Override
        public KeyStore getKeyStore() {
            return store;
        }

        @Override
        public Secret getPassword() {
            return Secret.fromString(password);
        }
    }

    private record Other(String id) implements IdCredentials {
        @Override
        public String getId() {
            return id;
        }
    }

    private static String keep(IdCredentials credentials) {
        CredentialsProvider.keep(credentials);
        return credentials.getId();
    }

    private static String id() {
        return "credentials-" + UUID.randomUUID();
    }

    public static String userAndPassword(String user, String password) {
        return keep(new UserAndPassword(id(), user, password, false));
    }

    static String secretUserAndPassword(String user, String password) {
        return keep(new UserAndPassword(id(), user, password, true));
    }

    public static String text(String text) {
        return keep(new Text(id(), text));
    }

    /** Under an id that is known elsewhere. */
    public static void text(String id, String text) {
        keep(new Text(id, text));
    }

    public static String file(byte[] content) {
        return keep(new SecretFile(id(), content));
    }

    public static String key(String... keys) {
        return keep(new Key(id(), List.of(keys)));
    }

    public static String certificate(KeyStore store, String password) {
        return keep(new Certificate(id(), store, password));
    }

    static String other() {
        return keep(new Other(id()));
    }
}
