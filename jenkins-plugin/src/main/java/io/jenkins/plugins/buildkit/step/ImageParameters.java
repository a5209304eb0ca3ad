package io.jenkins.plugins.buildkit.step;

import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What every step that builds images is told of all of them: where they go, what is attested, with what and as whom. */
public abstract class ImageParameters extends InputParameters {
    private static final long serialVersionUID = 1L;

    private String registryCredentialsId = "";
    private String registryUrl = "";
    private String buildx = "";

    /** Takes over what was read from a file, in which fields may be missing. */
    final void take(ImageParameters read) {
        super.take(read);
        setRegistryCredentialsId(read.registryCredentialsId);
        setRegistryUrl(read.registryUrl);
        setBuildx(read.buildx);
    }

    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

    @DataBoundSetter
    public void setRegistryCredentialsId(@Nullable String value) {
        registryCredentialsId = value == null ? "" : value.strip();
    }

    public String getRegistryUrl() {
        return registryUrl;
    }

    @DataBoundSetter
    public void setRegistryUrl(@Nullable String value) {
        registryUrl = value == null ? "" : value.strip();
    }

    public String getBuildx() {
        return buildx;
    }

    /** @param value a buildx of Jenkins' tools */
    @DataBoundSetter
    public void setBuildx(@Nullable String value) {
        buildx = value == null ? "" : value.strip();
    }

    public @Nullable String getBuilder() {
        return text("builder");
    }

    @DataBoundSetter
    public void setBuilder(@Nullable String value) {
        put("builder", value);
    }

    public boolean isPush() {
        return flag("push");
    }

    @DataBoundSetter
    public void setPush(boolean value) {
        put("push", value);
    }

    public boolean isLoad() {
        return flag("load");
    }

    @DataBoundSetter
    public void setLoad(boolean value) {
        put("load", value);
    }

    public @Nullable String getCache() {
        return text("cache");
    }

    @DataBoundSetter
    public void setCache(@Nullable String value) {
        put("cache", value);
    }

    public boolean isNoCache() {
        return flag("no-cache");
    }

    @DataBoundSetter
    public void setNoCache(boolean value) {
        put("no-cache", value);
    }

    public boolean isPull() {
        return flag("pull");
    }

    @DataBoundSetter
    public void setPull(boolean value) {
        put("pull", value);
    }

    public @Nullable String getCall() {
        return text("call");
    }

    @DataBoundSetter
    public void setCall(@Nullable String value) {
        put("call", value);
    }

    public @Nullable String getAllow() {
        return text("allow");
    }

    @DataBoundSetter
    public void setAllow(@Nullable String value) {
        put("allow", value);
    }

    public @Nullable Boolean getProvenance() {
        return choice("provenance");
    }

    @DataBoundSetter
    public void setProvenance(@Nullable Boolean value) {
        putChoice("provenance", value);
    }

    public @Nullable String getProvenanceAttributes() {
        return attributes("provenance");
    }

    /** For a text where {@code provenance} is neither true nor false. */
    @DataBoundSetter
    public void setProvenanceAttributes(@Nullable String value) {
        putAttributes("provenance", value);
    }

    public @Nullable Boolean getSbom() {
        return choice("sbom");
    }

    @DataBoundSetter
    public void setSbom(@Nullable Boolean value) {
        putChoice("sbom", value);
    }

    public @Nullable String getSbomAttributes() {
        return attributes("sbom");
    }

    /** For a text where {@code sbom} is neither true nor false. */
    @DataBoundSetter
    public void setSbomAttributes(@Nullable String value) {
        putAttributes("sbom", value);
    }
}
