package io.jenkins.plugins.buildkit.step;

import io.buildkitci.input.BuilderInputs;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What a step that makes a builder is told of it. */
public abstract class BuilderParameters extends InputParameters {
    /** Inputs for a job that ends with its runner, or for a client that is downloaded. */
    private static final Set<String> ELSEWHERE = Set.of("cleanup", "version", "install-from", "cache-binary", "append");

    static final StepParameters NODE = new StepParameters("append", BuilderInputs.NODE, Set.of());

    private List<BuilderNode> append = new ArrayList<>();
    private String buildx = "";

    /**
     * The parameters of a step.
     *
     * @param absent inputs that it does not have
     */
    static StepParameters parameters(String step, Set<String> absent) {
        Set<String> all = new HashSet<>(ELSEWHERE);
        all.addAll(absent);
        return StepParameters.of(step, BuilderInputs.ALL.withDefault("use", "false"), all, Set.of("append", "buildx"));
    }

    /** A script's arguments; further nodes are maps. */
    static Map<String, Object> read(StepParameters parameters, Map<String, ?> arguments) {
        StepParameters.Read read = parameters.read(arguments);
        List<String> problems = new ArrayList<>(read.problems());
        Map<String, Object> values = new LinkedHashMap<>(read.values());
        if (values.get("append") instanceof List<?> nodes) {
            List<Object> all = new ArrayList<>();
            for (Object node : nodes) {
                all.add(node instanceof Map<?, ?> map ? node(map, problems) : node);
            }
            values.put("append", all);
        }
        if (!problems.isEmpty()) {
            throw BadArguments.of(StepFailure.ofTexts(parameters.step(), problems));
        }
        return values;
    }

    private static Map<String, Object> node(Map<?, ?> map, List<String> problems) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((name, value) -> named.put(String.valueOf(name), value));
        StepParameters.Read read = NODE.read(named);
        problems.addAll(read.problems());
        return read.values();
    }

    public List<BuilderNode> getAppend() {
        return List.copyOf(append);
    }

    @DataBoundSetter
    public void setAppend(@Nullable List<BuilderNode> value) {
        append = value == null ? new ArrayList<>() : new ArrayList<>(value);
    }

    public String getBuildx() {
        return buildx;
    }

    /** @param value a buildx of Jenkins' tools */
    @DataBoundSetter
    public void setBuildx(@Nullable String value) {
        buildx = value == null ? "" : value.strip();
    }

    /** All that was asked for, for an execution. */
    final BuilderCall call() {
        return new BuilderCall(texts(), append.stream().map(BuilderNode::texts).toList());
    }

    public @Nullable String getName() {
        return text("name");
    }

    @DataBoundSetter
    public void setName(@Nullable String value) {
        put("name", value);
    }

    public @Nullable String getDriver() {
        return text("driver");
    }

    @DataBoundSetter
    public void setDriver(@Nullable String value) {
        put("driver", value);
    }

    public @Nullable String getEndpoint() {
        return text("endpoint");
    }

    @DataBoundSetter
    public void setEndpoint(@Nullable String value) {
        put("endpoint", value);
    }

    public @Nullable String getPlatforms() {
        return text("platforms");
    }

    @DataBoundSetter
    public void setPlatforms(@Nullable String value) {
        put("platforms", value);
    }

    public @Nullable String getDriverOpts() {
        return text("driver-opts");
    }

    @DataBoundSetter
    public void setDriverOpts(@Nullable String value) {
        put("driver-opts", value);
    }

    public @Nullable String getBuildkitdFlags() {
        return text("buildkitd-flags");
    }

    @DataBoundSetter
    public void setBuildkitdFlags(@Nullable String value) {
        put("buildkitd-flags", value);
    }

    public @Nullable String getBuildkitdConfig() {
        return text("buildkitd-config");
    }

    @DataBoundSetter
    public void setBuildkitdConfig(@Nullable String value) {
        put("buildkitd-config", value);
    }

    public @Nullable String getRegistryMirrors() {
        return text("registry-mirrors");
    }

    @DataBoundSetter
    public void setRegistryMirrors(@Nullable String value) {
        put("registry-mirrors", value);
    }

    public @Nullable String getGcPolicy() {
        return text("gc-policy");
    }

    @DataBoundSetter
    public void setGcPolicy(@Nullable String value) {
        put("gc-policy", value);
    }

    public @Nullable String getBuildkitdConfigInline() {
        return text("buildkitd-config-inline");
    }

    @DataBoundSetter
    public void setBuildkitdConfigInline(@Nullable String value) {
        put("buildkitd-config-inline", value);
    }
}
