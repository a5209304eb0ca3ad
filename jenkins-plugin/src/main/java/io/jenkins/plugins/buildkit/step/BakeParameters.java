package io.jenkins.plugins.buildkit.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What {@code buildkitBake} is told of the definition and of what holds instead of it. */
public abstract class BakeParameters extends InputParameters {
    private static final long serialVersionUID = 1L;

    /** Inputs that are true, false or attributes: two properties each. */
    private static final List<String> EITHER = List.of("provenance", "sbom");

    /** Arguments of a script with what is neither true nor false under the property for texts. */
    static Map<String, Object> apart(Map<String, Object> arguments) {
        Map<String, Object> values = new LinkedHashMap<>();
        arguments.forEach((name, value) -> {
            String text = value.toString();
            boolean choice = text.equals("true") || text.equals("false");
            if (!EITHER.contains(name)) {
                values.put(name, value);
            } else if (choice) {
                values.put(name, Boolean.valueOf(text));
            } else {
                values.put(name + "Attributes", text);
            }
        });
        return values;
    }

    public @Nullable String getTargets() {
        return text("targets");
    }

    @DataBoundSetter
    public void setTargets(@Nullable String value) {
        put("targets", value);
    }

    public @Nullable String getFiles() {
        return text("files");
    }

    @DataBoundSetter
    public void setFiles(@Nullable String value) {
        put("files", value);
    }

    public @Nullable String getSource() {
        return text("source");
    }

    @DataBoundSetter
    public void setSource(@Nullable String value) {
        put("source", value);
    }

    public @Nullable String getVars() {
        return text("vars");
    }

    @DataBoundSetter
    public void setVars(@Nullable String value) {
        put("vars", value);
    }

    public @Nullable String getSet() {
        return text("set");
    }

    @DataBoundSetter
    public void setSet(@Nullable String value) {
        put("set", value);
    }

    public @Nullable String getAllow() {
        return text("allow");
    }

    @DataBoundSetter
    public void setAllow(@Nullable String value) {
        put("allow", value);
    }

    public @Nullable String getCache() {
        return text("cache");
    }

    @DataBoundSetter
    public void setCache(@Nullable String value) {
        put("cache", value);
    }

    public @Nullable String getCall() {
        return text("call");
    }

    @DataBoundSetter
    public void setCall(@Nullable String value) {
        put("call", value);
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
