package io.jenkins.plugins.buildkit.step;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A further node of a builder: where it is and what it builds. */
public final class BuilderNode extends AbstractDescribableImpl<BuilderNode> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> texts = new TreeMap<>();

    @DataBoundConstructor
    public BuilderNode() {}

    /** What was given, by the names of inputs. */
    Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    private void put(String input, @Nullable String value) {
        String kept = StepParameters.kept(value);
        if (kept != null) {
            texts.put(input, kept);
        }
    }

    public @Nullable String getName() {
        return texts.get("name");
    }

    @DataBoundSetter
    public void setName(@Nullable String value) {
        put("name", value);
    }

    public @Nullable String getEndpoint() {
        return texts.get("endpoint");
    }

    @DataBoundSetter
    public void setEndpoint(@Nullable String value) {
        put("endpoint", value);
    }

    public @Nullable String getPlatforms() {
        return texts.get("platforms");
    }

    @DataBoundSetter
    public void setPlatforms(@Nullable String value) {
        put("platforms", value);
    }

    public @Nullable String getDriverOpts() {
        return texts.get("driver-opts");
    }

    @DataBoundSetter
    public void setDriverOpts(@Nullable String value) {
        put("driver-opts", value);
    }

    public @Nullable String getBuildkitdFlags() {
        return texts.get("buildkitd-flags");
    }

    @DataBoundSetter
    public void setBuildkitdFlags(@Nullable String value) {
        put("buildkitd-flags", value);
    }

    /** Names a node in forms. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<BuilderNode> {
        @Override
        public String getDisplayName() {
            return "Node";
        }
    }
}
