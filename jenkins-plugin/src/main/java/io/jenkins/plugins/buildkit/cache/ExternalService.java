package io.jenkins.plugins.buildkit.cache;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.buildkitci.input.Problem;
import io.buildkitci.model.InvalidValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A service elsewhere keeps them, which several controllers may share. */
public final class ExternalService extends ServiceChoice {
    private static final Pattern NAME = Pattern.compile("[\\w.:-]*");

    private final String address;
    private String secretCredentialsId = "";
    private String tokenCredentialsId = "";
    private String controller = "";

    @DataBoundConstructor
    public ExternalService(String address) {
        this.address = address.strip();
    }

    public String getAddress() {
        return address;
    }

    public String getSecretCredentialsId() {
        return secretCredentialsId;
    }

    /** @param secretCredentialsId what the service signs tokens with */
    @DataBoundSetter
    public void setSecretCredentialsId(String secretCredentialsId) {
        this.secretCredentialsId = secretCredentialsId.strip();
    }

    public String getTokenCredentialsId() {
        return tokenCredentialsId;
    }

    /** @param tokenCredentialsId a token that somebody else made, for all builds alike */
    @DataBoundSetter
    public void setTokenCredentialsId(String tokenCredentialsId) {
        this.tokenCredentialsId = tokenCredentialsId.strip();
    }

    public String getController() {
        return controller;
    }

    /** @param controller what this Jenkins is called there; empty text for what tells it from every other */
    @DataBoundSetter
    public void setController(String controller) {
        this.controller = controller.strip();
    }

    /** @throws InvalidValue when it is none; a configuration that was saved has one */
    URI uri() throws InvalidValue {
        return ServiceAddress.parse(address);
    }

    @Override
    List<Problem> problems(Path home) {
        List<Problem> problems = new ArrayList<>();
        try {
            uri();
        } catch (InvalidValue e) {
            problems.add(new Problem("address", e.given(), e.reason()));
        }
        if (!NAME.matcher(controller).matches()) {
            problems.add(new Problem("controller", controller, "has letters, digits, '.', ':', '_' and '-' only"));
        }
        if (secretCredentialsId.isEmpty() == tokenCredentialsId.isEmpty()) {
            String reason = secretCredentialsId.isEmpty()
                    ? "say by which secret tokens are made, or which token builds have"
                    : "there is a token too; give the one or the other";
            problems.add(new Problem("secretCredentialsId", secretCredentialsId, reason));
        }
        checkSecret(problems);
        if (!tokenCredentialsId.isEmpty()
                && ServiceSecret.text(tokenCredentialsId).isEmpty()) {
            problems.add(new Problem("tokenCredentialsId", tokenCredentialsId, ServiceSecret.NONE));
        }
        return problems;
    }

    private void checkSecret(List<Problem> problems) {
        try {
            if (!secretCredentialsId.isEmpty()) {
                ServiceSecret.of(secretCredentialsId);
            }
        } catch (InvalidValue e) {
            problems.add(new Problem("secretCredentialsId", e.given(), e.reason()));
        }
    }

    /** Its form, what checks it and what tries it. */
    @Extension
    @Symbol("external")
    public static final class DescriptorImpl extends Descriptor<ServiceChoice> {
        @Override
        public String getDisplayName() {
            return "External";
        }

        @POST
        public FormValidation doCheckAddress(@QueryParameter String value) {
            return checked(new ExternalService(value), "address");
        }

        @POST
        public FormValidation doCheckController(@QueryParameter String value) {
            ExternalService service = new ExternalService("");
            service.setController(value);
            return checked(service, "controller");
        }

        @POST
        public FormValidation doCheckSecretCredentialsId(
                @QueryParameter String value, @QueryParameter String tokenCredentialsId) {
            return checked(with(value, tokenCredentialsId), "secretCredentialsId");
        }

        @POST
        public FormValidation doCheckTokenCredentialsId(
                @QueryParameter String value, @QueryParameter String secretCredentialsId) {
            return checked(with(secretCredentialsId, value), "tokenCredentialsId");
        }

        private static ExternalService with(String secret, String token) {
            ExternalService service = new ExternalService("");
            service.setSecretCredentialsId(secret);
            service.setTokenCredentialsId(token);
            return service;
        }

        private static FormValidation checked(ExternalService service, String field) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return told(service.problems(CacheLifecycle.home()), field);
        }

        @POST
        public ListBoxModel doFillSecretCredentialsIdItems(@QueryParameter String secretCredentialsId) {
            return offered(secretCredentialsId);
        }

        @POST
        public ListBoxModel doFillTokenCredentialsIdItems(@QueryParameter String tokenCredentialsId) {
            return offered(tokenCredentialsId);
        }

        /** Whoever may not configure Jenkins learns nothing of its credentials. */
        private static ListBoxModel offered(String current) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return new StandardListBoxModel().includeCurrentValue(current);
            }
            StandardListBoxModel offered = new StandardListBoxModel();
            offered.includeEmptyValue();
            for (Class<? extends StandardCredentials> kind : List.of(StringCredentials.class, FileCredentials.class)) {
                offered.includeAs(ACL.SYSTEM2, Jenkins.get(), kind);
            }
            return offered.includeCurrentValue(current);
        }

        /** Asks the service, with its secret if that is given. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String address,
                @QueryParameter String secretCredentialsId,
                @QueryParameter String tokenCredentialsId)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ExternalService service = new ExternalService(address);
            service.setSecretCredentialsId(secretCredentialsId);
            service.setTokenCredentialsId(tokenCredentialsId);
            return ExternalTrial.of(service, CacheLifecycle.home());
        }
    }
}
