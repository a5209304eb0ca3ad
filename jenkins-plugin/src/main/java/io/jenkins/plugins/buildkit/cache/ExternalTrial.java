package io.jenkins.plugins.buildkit.cache;

import hudson.util.FormValidation;
import io.buildkitci.input.Problem;
import io.buildkitci.model.InvalidValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Whether an external service answers, and whether the secret of a form is its own. */
final class ExternalTrial {
    private ExternalTrial() {}

    static FormValidation of(ExternalService service, Path home) throws InterruptedException {
        List<Problem> problems = service.problems(home);
        if (!problems.isEmpty()) {
            return FormValidation.error(ServiceChoice.told(problems));
        }
        try {
            return asked(service, service.uri());
        } catch (InvalidValue e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static FormValidation asked(ExternalService service, URI address)
            throws InvalidValue, InterruptedException {
        if (Health.of(address) instanceof Health.Ill ill) {
            return FormValidation.error(address + " does not answer: " + ill.reason());
        }
        if (service.getSecretCredentialsId().isEmpty()) {
            return FormValidation.ok("A cache service answers at " + address
                    + ". With a token alone, what is kept there cannot be shown or dropped here, every job reads what"
                    + " every other wrote, and changes from forks have no cache");
        }
        try {
            Keepers.remote(service).stats();
            return FormValidation.ok("A cache service answers at " + address + ", and the secret is its own");
        } catch (IOException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
