package io.jenkins.plugins.buildkit.step;

import io.jenkins.plugins.buildkit.credentials.CredentialsAsked;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What every step that builds images is told: where they go, what is attested, with what and as whom, for how long. */
public abstract class ImageParameters extends InputParameters {
    private static final long serialVersionUID = 1L;

    private List<BuildSecret> secrets = new ArrayList<>();
    private List<BuildSsh> ssh = new ArrayList<>();
    private String registryCredentialsId = "";
    private String registryUrl = "";
    private String buildx = "";

    /** Takes over what was read from a file, in which fields may be missing. */
    final void take(ImageParameters read) {
        super.take(read);
        setSecrets(read.secrets);
        setSsh(read.ssh);
        setRegistryCredentialsId(read.registryCredentialsId);
        setRegistryUrl(read.registryUrl);
        setBuildx(read.buildx);
    }

    /** All that was asked for, for an execution. */
    final BuildCall call() {
        Map<String, String> texts = new TreeMap<>(texts());
        putIfAny(texts, "secrets", secrets.stream().map(BuildSecret::text));
        putIfAny(texts, "ssh", ssh.stream().map(BuildSsh::text));
        return new BuildCall(
                texts,
                new CredentialsAsked(
                        registryCredentialsId,
                        registryUrl,
                        secrets.stream()
                                .filter(secret -> secret.text().isEmpty())
                                .map(secret -> new Named(secret.getId(), secret.getCredentialsId()))
                                .toList(),
                        ssh.stream()
                                .filter(key -> key.text().isEmpty())
                                .map(key -> new Named(key.getId(), key.getCredentialsId()))
                                .toList()));
    }

    private static void putIfAny(Map<String, String> texts, String input, Stream<String> items) {
        String text = items.filter(item -> !item.isEmpty()).collect(Collectors.joining("\n"));
        if (!text.isEmpty()) {
            texts.put(input, text);
        }
    }

    public List<BuildSecret> getSecrets() {
        return List.copyOf(secrets);
    }

    @DataBoundSetter
    public void setSecrets(@Nullable List<BuildSecret> value) {
        secrets = value == null ? new ArrayList<>() : new ArrayList<>(value);
    }

    public List<BuildSsh> getSsh() {
        return List.copyOf(ssh);
    }

    @DataBoundSetter
    public void setSsh(@Nullable List<BuildSsh> value) {
        ssh = value == null ? new ArrayList<>() : new ArrayList<>(value);
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

    public @Nullable String getRetries() {
        return text("retries");
    }

    @DataBoundSetter
    public void setRetries(@Nullable String value) {
        put("retries", value);
    }

    public @Nullable String getTimeout() {
        return text("timeout");
    }

    @DataBoundSetter
    public void setTimeout(@Nullable String value) {
        put("timeout", value);
    }

    public @Nullable String getInactivityTimeout() {
        return text("inactivity-timeout");
    }

    @DataBoundSetter
    public void setInactivityTimeout(@Nullable String value) {
        put("inactivity-timeout", value);
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
