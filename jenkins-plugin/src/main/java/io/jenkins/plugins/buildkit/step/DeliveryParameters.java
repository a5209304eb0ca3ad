package io.jenkins.plugins.buildkit.step;

import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** Where the result of {@code buildkitBuild} goes, and which caches it reads and writes. */
public abstract class DeliveryParameters extends SourceParameters {
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

    public @Nullable String getOutputs() {
        return text("outputs");
    }

    @DataBoundSetter
    public void setOutputs(@Nullable String value) {
        put("outputs", value);
    }

    public @Nullable String getCache() {
        return text("cache");
    }

    @DataBoundSetter
    public void setCache(@Nullable String value) {
        put("cache", value);
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

    public boolean isNoCache() {
        return flag("no-cache");
    }

    @DataBoundSetter
    public void setNoCache(boolean value) {
        put("no-cache", value);
    }

    public @Nullable String getNoCacheFilters() {
        return text("no-cache-filters");
    }

    @DataBoundSetter
    public void setNoCacheFilters(@Nullable String value) {
        put("no-cache-filters", value);
    }

    public boolean isPull() {
        return flag("pull");
    }

    @DataBoundSetter
    public void setPull(boolean value) {
        put("pull", value);
    }

    public @Nullable String getBuilder() {
        return text("builder");
    }

    @DataBoundSetter
    public void setBuilder(@Nullable String value) {
        put("builder", value);
    }
}
