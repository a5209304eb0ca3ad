package io.jenkins.plugins.buildkit.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import io.buildkitci.input.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Looks up what one build asks for, as far as the build may use it; collects what is wrong with it. */
final class LookUp {
    private final Run<?, ?> run;
    private final List<Problem> problems = new ArrayList<>();

    LookUp(Run<?, ?> run) {
        this.run = run;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    void problem(String parameter, String id, String reason) {
        problems.add(new Problem(parameter, id, reason));
    }

    /** What is taken from credentials once they are found. */
    interface Reading {
        void of(IdCredentials found) throws IOException;
    }

    /**
     * @param parameter the step's, for problems
     * @param id of the credentials, or a parameter of the build that names them
     */
    void find(String parameter, String id, Reading reading) {
        IdCredentials found =
                id.isBlank() ? null : CredentialsProvider.findCredentialById(id, IdCredentials.class, run);
        if (found == null) {
            problem(
                    parameter,
                    id,
                    "there are no credentials of this id that this job may use; it has to be that of credentials of the"
                            + " job's folders or global ones");
            return;
        }
        CredentialsProvider.track(run, found);
        try {
            reading.of(found);
        } catch (IOException | CredentialsUnavailableException e) {
            problem(parameter, id, "these credentials cannot be read: " + e.getMessage());
        }
    }

    /** Says that credentials are of another kind than they should be. */
    void unfit(String parameter, IdCredentials found, String wanted) {
        problem(parameter, found.getId(), "these credentials are " + kind(found) + ", not " + wanted);
    }

    private static String kind(IdCredentials found) {
        if (found instanceof StandardUsernamePasswordCredentials) {
            return "a username with password";
        } else if (found instanceof StringCredentials) {
            return "a secret text";
        } else if (found instanceof FileCredentials) {
            return "a secret file";
        }
        return found instanceof SSHUserPrivateKey
                ? "an SSH key"
                : "of the class " + found.getClass().getSimpleName();
    }
}
