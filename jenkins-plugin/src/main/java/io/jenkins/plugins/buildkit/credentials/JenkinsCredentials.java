package io.jenkins.plugins.buildkit.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked.Named;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** What one build asks for of Jenkins' credentials, as its client takes it. */
public final class JenkinsCredentials {
    /** Inputs of the engine; the rest are parameters of the step only. */
    private static final String SECRET_FILES = "secret-files";

    private static final String SSH = "ssh";
    private static final String SECRETS = "secrets";
    private static final String REGISTRY = "registryCredentialsId";

    /** BuildKit refuses longer secrets. */
    private static final int LONGEST_SECRET = 500 * 1024;

    private static final Pattern ID = Pattern.compile("[\\w.-]+");

    private final LookUp lookUp;
    private final Material material = new Material();

    private JenkinsCredentials(Run<?, ?> run) {
        this.lookUp = new LookUp(run);
    }

    /**
     * Looks credentials up and writes what the client needs of them into the build's private directory. After a restart
     * the same again, but files that are there are left as they are: the client may be reading them.
     */
    public static CredentialsAnswer hand(CredentialsAsked asked, Run<?, ?> run, Agent agent, Workspace workspace)
            throws IOException {
        if (asked.isEmpty()) {
            return Handed.NOTHING;
        }
        JenkinsCredentials credentials = new JenkinsCredentials(run);
        credentials.look(asked);
        return credentials.lookUp.problems().isEmpty()
                ? credentials.material.write(agent, workspace)
                : new CredentialsAnswer.Lacking(credentials.lookUp.problems());
    }

    private void look(CredentialsAsked asked) {
        if (!asked.registry().isEmpty()) {
            Optional<String> server = server(asked.registryUrl());
            lookUp.find(REGISTRY, asked.registry(), found -> login(server, found));
        }
        for (Named secret : named(SECRETS, asked.secrets())) {
            lookUp.find(SECRETS, secret.credentialsId(), found -> secret(secret.id(), found));
        }
        for (Named key : named(SSH, asked.ssh())) {
            lookUp.find(SSH, key.credentialsId(), found -> key(key.id(), found));
        }
    }

    private Optional<String> server(String registry) {
        if (registry.isEmpty()) {
            lookUp.problem(REGISTRY, "", "nothing says which registry it is for; give registryUrl, or a tag");
            return Optional.empty();
        }
        Optional<String> server = RegistryLogin.server(registry);
        if (server.isEmpty()) {
            lookUp.problem("registryUrl", registry, "not the address of a registry, as https://registry.example:5000");
        }
        return server;
    }

    /** Those with an id that the Dockerfile can name, each once. */
    private List<Named> named(String parameter, List<Named> all) {
        List<Named> named = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Named one : all) {
            if (!ID.matcher(one.id()).matches()) {
                lookUp.problem(parameter, one.id(), "an id has letters, digits, '.', '_' and '-' only");
            } else if (!ids.add(one.id())) {
                lookUp.problem(parameter, one.id(), "the id is given twice");
            } else {
                named.add(one);
            }
        }
        return named;
    }

    private void login(Optional<String> server, IdCredentials found) {
        if (!(found instanceof StandardUsernamePasswordCredentials both)) {
            lookUp.unfit(REGISTRY, found, "a username with password");
            return;
        }
        String password = hidden(both);
        server.ifPresent(s -> material.logIn(RegistryLogin.of(s, both.getUsername(), password)));
    }

    /** The password, of which nothing is to be seen from now on. */
    private String hidden(StandardUsernamePasswordCredentials both) {
        String password = both.getPassword().getPlainText();
        material.hide(password);
        if (both.isUsernameSecret()) {
            material.hide(both.getUsername());
        }
        return password;
    }

    private void secret(String id, IdCredentials found) throws IOException {
        byte[] content;
        if (found instanceof StringCredentials text) {
            content = bytes(text.getSecret().getPlainText());
        } else if (found instanceof FileCredentials file) {
            try (InputStream in = file.getContent()) {
                content = in.readNBytes(LONGEST_SECRET + 1);
            }
        } else if (found instanceof StandardUsernamePasswordCredentials both) {
            content = bytes(both.getUsername() + ":" + hidden(both));
        } else {
            lookUp.unfit(SECRETS, found, "a secret text, a secret file or a username with password");
            return;
        }
        if (content.length == 0) {
            lookUp.problem(SECRETS, found.getId(), "this secret is empty");
        } else if (content.length > LONGEST_SECRET) {
            lookUp.problem(SECRETS, found.getId(), "this secret is longer than 500 KiB, which BuildKit refuses");
        } else {
            material.hide(new String(content, StandardCharsets.UTF_8));
            material.add(SECRET_FILES, id, List.of(content));
        }
    }

    private void key(String id, IdCredentials found) {
        if (!(found instanceof SSHUserPrivateKey key)) {
            lookUp.unfit(SSH, found, "an SSH key");
            return;
        }
        List<String> texts = key.getPrivateKeys().stream().map(SshKey::text).toList();
        texts.forEach(material::hide);
        if (texts.isEmpty()) {
            lookUp.problem(SSH, found.getId(), "there is no key in these credentials");
        } else if (texts.stream().anyMatch(SshKey::isEncrypted)) {
            lookUp.problem(
                    SSH,
                    found.getId(),
                    "this key has a passphrase, for which buildx cannot ask; take a key without one, or load the key"
                            + " into an agent around the step, as sshagent does, and write ssh: '" + id + "'");
        } else {
            material.add(SSH, id, texts.stream().map(JenkinsCredentials::bytes).toList());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
