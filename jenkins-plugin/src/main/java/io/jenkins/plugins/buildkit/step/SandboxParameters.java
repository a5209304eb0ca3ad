package io.jenkins.plugins.buildkit.step;

import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps of a build may see and do, and what else is attested of it. */
public abstract class SandboxParameters extends SourceParameters {
    public @Nullable String getSecretEnvs() {
        return text("secret-envs");
    }

    @DataBoundSetter
    public void setSecretEnvs(@Nullable String value) {
        put("secret-envs", value);
    }

    public @Nullable String getSecretFiles() {
        return text("secret-files");
    }

    @DataBoundSetter
    public void setSecretFiles(@Nullable String value) {
        put("secret-files", value);
    }

    public @Nullable String getAttests() {
        return text("attests");
    }

    @DataBoundSetter
    public void setAttests(@Nullable String value) {
        put("attests", value);
    }

    public @Nullable String getNetwork() {
        return text("network");
    }

    @DataBoundSetter
    public void setNetwork(@Nullable String value) {
        put("network", value);
    }

    public @Nullable String getAddHosts() {
        return text("add-hosts");
    }

    @DataBoundSetter
    public void setAddHosts(@Nullable String value) {
        put("add-hosts", value);
    }

    public @Nullable String getUlimit() {
        return text("ulimit");
    }

    @DataBoundSetter
    public void setUlimit(@Nullable String value) {
        put("ulimit", value);
    }

    public @Nullable String getShmSize() {
        return text("shm-size");
    }

    @DataBoundSetter
    public void setShmSize(@Nullable String value) {
        put("shm-size", value);
    }

    public @Nullable String getCgroupParent() {
        return text("cgroup-parent");
    }

    @DataBoundSetter
    public void setCgroupParent(@Nullable String value) {
        put("cgroup-parent", value);
    }
}
