package io.jenkins.plugins.buildkit.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Manage Jenkins → BuildKit: the builders that pipelines call by name. */
@Extension(ordinal = 1)
@Symbol({"configuration", "buildkit"})
public final class BuildkitConfiguration extends GlobalConfiguration {
    private ArrayList<BuilderConfig> builders = new ArrayList<>();
    private String defaultBuilder = "";

    @SuppressWarnings("this-escape") // as every global configuration does
    public BuildkitConfiguration() {
        load();
    }

    /** That of this controller. */
    public static BuildkitConfiguration get() {
        return ExtensionList.lookupSingleton(BuildkitConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "BuildKit";
    }

    @Override
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(BuildkitCategory.class);
    }

    public List<BuilderConfig> getBuilders() {
        return List.copyOf(builders);
    }

    /** @throws IllegalArgumentException if two have the same name */
    @DataBoundSetter
    public void setBuilders(List<BuilderConfig> builders) {
        check(builders).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        this.builders = new ArrayList<>(builders);
        save();
    }

    public String getDefaultBuilder() {
        return defaultBuilder;
    }

    /** @param defaultBuilder the builder of builds that name none; empty text for the agent's own */
    @DataBoundSetter
    public void setDefaultBuilder(String defaultBuilder) {
        this.defaultBuilder = defaultBuilder.strip();
        save();
    }

    private static Optional<String> check(List<BuilderConfig> builders) {
        Set<String> names = new HashSet<>();
        return builders.stream()
                .map(BuilderConfig::getName)
                .filter(name -> !names.add(name))
                .findFirst()
                .map(name -> "two builders have the name '" + name + "'");
    }

    /** Takes the form as a whole, or nothing of it. */
    @Override
    public synchronized boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        List<BuilderConfig> bound = req.bindJSONToList(BuilderConfig.class, json.opt("builders"));
        Optional<String> problem = check(bound);
        if (problem.isPresent()) {
            throw new FormException(problem.get(), "builders");
        }
        builders = new ArrayList<>(bound);
        defaultBuilder = json.optString("defaultBuilder").strip();
        save();
        return true;
    }

    /**
     * The builder that a build means.
     *
     * @param asked by the build; empty for none
     * @return empty where it is none of the configuration: a builder of the agent's own
     */
    public Optional<BuilderConfig> builder(Optional<String> asked) {
        String name = asked.orElse(defaultBuilder);
        return builders.stream()
                .filter(builder -> builder.getName().equals(name))
                .findFirst();
    }

    @POST
    public FormValidation doCheckDefaultBuilder(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return value.isBlank() || builder(Optional.of(value.strip())).isPresent()
                ? FormValidation.ok()
                : FormValidation.warning("no builder of this name is saved here");
    }
}
