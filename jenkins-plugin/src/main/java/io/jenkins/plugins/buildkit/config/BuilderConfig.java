package io.jenkins.plugins.buildkit.config;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.buildkitci.model.Driver;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** A builder that pipelines call by its name, as a person configured it. */
public final class BuilderConfig implements Describable<BuilderConfig> {
    static final int DEFAULT_UNUSED_DAYS = 7;

    private final String name;
    private String driver = Driver.DOCKER_CONTAINER.render();
    private ArrayList<NodeConfig> nodes = new ArrayList<>();
    private String buildkitdConfig = "";
    private String registryMirrors = "";
    private String cache = "";
    private boolean keepState;
    private String cleanup = Cleanup.UNUSED.render();
    private int unusedDays = DEFAULT_UNUSED_DAYS;

    @DataBoundConstructor
    public BuilderConfig(String name) {
        this.name = name.strip();
    }

    public String getName() {
        return name;
    }

    public String getDriver() {
        return driver;
    }

    @DataBoundSetter
    public void setDriver(String driver) {
        this.driver = driver.strip();
    }

    public List<NodeConfig> getNodes() {
        return List.copyOf(nodes);
    }

    @DataBoundSetter
    public void setNodes(List<NodeConfig> nodes) {
        this.nodes = new ArrayList<>(nodes);
    }

    public String getBuildkitdConfig() {
        return buildkitdConfig;
    }

    @DataBoundSetter
    public void setBuildkitdConfig(String buildkitdConfig) {
        this.buildkitdConfig = buildkitdConfig.strip();
    }

    public String getRegistryMirrors() {
        return registryMirrors;
    }

    @DataBoundSetter
    public void setRegistryMirrors(String registryMirrors) {
        this.registryMirrors = registryMirrors.strip();
    }

    public String getCache() {
        return cache;
    }

    @DataBoundSetter
    public void setCache(String cache) {
        this.cache = cache.strip();
    }

    public boolean isKeepState() {
        return keepState;
    }

    @DataBoundSetter
    public void setKeepState(boolean keepState) {
        this.keepState = keepState;
    }

    public String getCleanup() {
        return cleanup;
    }

    @DataBoundSetter
    public void setCleanup(String cleanup) {
        this.cleanup = cleanup.strip();
    }

    public int getUnusedDays() {
        return unusedDays;
    }

    @DataBoundSetter
    public void setUnusedDays(int unusedDays) {
        this.unusedDays = unusedDays;
    }

    /** Its form, what checks it and what tries it. */
    @Extension
    @Symbol("buildkitBuilder")
    public static final class DescriptorImpl extends Descriptor<BuilderConfig> {
        @Override
        public String getDisplayName() {
            return "Builder";
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.name(value);
        }

        @POST
        public FormValidation doCheckDriver(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.driver(value);
        }

        @POST
        public FormValidation doCheckBuildkitdConfig(@QueryParameter String value, @QueryParameter String driver) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.of("buildkitd-config-inline", value, driver);
        }

        @POST
        public FormValidation doCheckRegistryMirrors(
                @QueryParameter String value, @QueryParameter String buildkitdConfig, @QueryParameter String driver) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.mirrors(value, buildkitdConfig, driver);
        }

        @POST
        public FormValidation doCheckCache(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.cache(value);
        }

        @POST
        public FormValidation doCheckKeepState(@QueryParameter boolean value, @QueryParameter String driver) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.of("keep-state", value ? "true" : "", driver);
        }

        @POST
        public FormValidation doCheckCleanup(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.cleanup(value);
        }

        @POST
        public FormValidation doCheckUnusedDays(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FieldCheck.days(value);
        }

        @POST
        public ListBoxModel doFillDriverItems() {
            ListBoxModel items = new ListBoxModel();
            for (Driver driver : List.of(Driver.DOCKER_CONTAINER, Driver.DOCKER, Driver.REMOTE, Driver.KUBERNETES)) {
                items.add(driver.render(), driver.render());
            }
            return items;
        }

        @POST
        public ListBoxModel doFillCleanupItems() {
            ListBoxModel items = new ListBoxModel();
            for (Cleanup cleanup : Cleanup.values()) {
                items.add(cleanup.sentence(), cleanup.render());
            }
            return items;
        }

        /**
         * Starts the builder of the form, as it is now, and removes it again.
         *
         * @param builder the form's fields as JSON
         * @param testOn label or name of the agent it is tried on; empty for the controller
         */
        @POST
        public FormValidation doTestConnection(
                StaplerRequest2 request, @QueryParameter String builder, @QueryParameter String testOn)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            BuilderConfig config = request.bindJSON(BuilderConfig.class, JSONObject.fromObject(builder));
            return Trial.of(config, testOn.strip());
        }
    }
}
