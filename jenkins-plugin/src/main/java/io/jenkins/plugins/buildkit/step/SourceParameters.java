package io.jenkins.plugins.buildkit.step;

import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What {@code buildkitBuild} builds, for which platforms, under which names, and which caches it reads and writes. */
public abstract class SourceParameters extends ImageParameters {
    public @Nullable String getContext() {
        return text("context");
    }

    @DataBoundSetter
    public void setContext(@Nullable String value) {
        put("context", value);
    }

    public @Nullable String getFile() {
        return text("file");
    }

    @DataBoundSetter
    public void setFile(@Nullable String value) {
        put("file", value);
    }

    public @Nullable String getTarget() {
        return text("target");
    }

    @DataBoundSetter
    public void setTarget(@Nullable String value) {
        put("target", value);
    }

    public @Nullable String getPlatforms() {
        return text("platforms");
    }

    @DataBoundSetter
    public void setPlatforms(@Nullable String value) {
        put("platforms", value);
    }

    public @Nullable String getBuildArgs() {
        return text("build-args");
    }

    @DataBoundSetter
    public void setBuildArgs(@Nullable String value) {
        put("build-args", value);
    }

    public @Nullable String getBuildContexts() {
        return text("build-contexts");
    }

    @DataBoundSetter
    public void setBuildContexts(@Nullable String value) {
        put("build-contexts", value);
    }

    public @Nullable String getTags() {
        return text("tags");
    }

    @DataBoundSetter
    public void setTags(@Nullable String value) {
        put("tags", value);
    }

    public @Nullable String getLabels() {
        return text("labels");
    }

    @DataBoundSetter
    public void setLabels(@Nullable String value) {
        put("labels", value);
    }

    public @Nullable String getAnnotations() {
        return text("annotations");
    }

    @DataBoundSetter
    public void setAnnotations(@Nullable String value) {
        put("annotations", value);
    }

    public @Nullable String getOutputs() {
        return text("outputs");
    }

    @DataBoundSetter
    public void setOutputs(@Nullable String value) {
        put("outputs", value);
    }

    public @Nullable String getCacheFrom() {
        return text("cache-from");
    }

    @DataBoundSetter
    public void setCacheFrom(@Nullable String value) {
        put("cache-from", value);
    }

    public @Nullable String getCacheTo() {
        return text("cache-to");
    }

    @DataBoundSetter
    public void setCacheTo(@Nullable String value) {
        put("cache-to", value);
    }

    public @Nullable String getNoCacheFilters() {
        return text("no-cache-filters");
    }

    @DataBoundSetter
    public void setNoCacheFilters(@Nullable String value) {
        put("no-cache-filters", value);
    }
}
