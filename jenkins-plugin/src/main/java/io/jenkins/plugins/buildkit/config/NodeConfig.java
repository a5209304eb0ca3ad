package io.jenkins.plugins.buildkit.config;

import hudson.Extension;
import hudson.RelativePath;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One node of a builder, as a person configured it. */
public final class NodeConfig implements Describable<NodeConfig> {
    private String endpoint = "";
    private String agentLabel = "";
    private String platforms = "";
    private String driverOpts = "";
    private String buildkitdFlags = "";
    private String tlsCredentialsId = "";

    @DataBoundConstructor
    public NodeConfig() {}

    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint.strip();
    }

    public String getAgentLabel() {
        return agentLabel;
    }

    @DataBoundSetter
    public void setAgentLabel(String agentLabel) {
        this.agentLabel = agentLabel.strip();
    }

    public String getPlatforms() {
        return platforms;
    }

    @DataBoundSetter
    public void setPlatforms(String platforms) {
        this.platforms = platforms.strip();
    }

    public String getDriverOpts() {
        return driverOpts;
    }

    @DataBoundSetter
    public void setDriverOpts(String driverOpts) {
        this.driverOpts = driverOpts.strip();
    }

    public String getBuildkitdFlags() {
        return buildkitdFlags;
    }

    @DataBoundSetter
    public void setBuildkitdFlags(String buildkitdFlags) {
        this.buildkitdFlags = buildkitdFlags.strip();
    }

    public String getTlsCredentialsId() {
        return tlsCredentialsId;
    }

    @DataBoundSetter
    public void setTlsCredentialsId(String tlsCredentialsId) {
        this.tlsCredentialsId = tlsCredentialsId.strip();
    }

    /** Its form and what checks it. */
    @Extension
    @Symbol("buildkitNode")
    public static final class DescriptorImpl extends Descriptor<NodeConfig> {
        @Override
        public String getDisplayName() {
            return "Node";
        }

        @POST
        public FormValidation doCheckEndpoint(
                @QueryParameter String value,
                @QueryParameter String agentLabel,
                @RelativePath("..") @QueryParameter String driver) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.place(value, agentLabel, driver);
        }

        @POST
        public FormValidation doCheckAgentLabel(
                @QueryParameter String value,
                @QueryParameter String endpoint,
                @RelativePath("..") @QueryParameter String driver) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return value.isBlank() ? FormValidation.ok() : FieldCheck.place(endpoint, value, driver);
        }

        @POST
        public FormValidation doCheckPlatforms(
                @QueryParameter String value, @RelativePath("..") @QueryParameter String driver) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.of("platforms", value, driver);
        }

        @POST
        public FormValidation doCheckDriverOpts(
                @QueryParameter String value, @RelativePath("..") @QueryParameter String driver) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.of("driver-opts", value, driver);
        }

        @POST
        public FormValidation doCheckBuildkitdFlags(
                @QueryParameter String value, @RelativePath("..") @QueryParameter String driver) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.of("buildkitd-flags", value, driver);
        }

        @POST
        public FormValidation doCheckTlsCredentialsId(
                @QueryParameter String value, @RelativePath("..") @QueryParameter String driver) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.tls(value, driver);
        }

        /** Whoever may not configure Jenkins learns nothing of its credentials. */
        @POST
        public ListBoxModel doFillTlsCredentialsIdItems(@QueryParameter String tlsCredentialsId) {
            return TlsCredentials.offered(tlsCredentialsId, Jenkins.get().hasPermission(Jenkins.ADMINISTER));
        }
    }
}
