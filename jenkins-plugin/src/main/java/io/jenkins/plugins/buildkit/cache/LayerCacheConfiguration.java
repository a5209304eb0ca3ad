package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.ExtensionList;
import io.buildkitci.input.Problem;
import io.jenkins.plugins.buildkit.config.BuildkitCategory;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Manage Jenkins → BuildKit: the service that keeps layers between builds. */
@Extension
@Symbol("layerCache")
public final class LayerCacheConfiguration extends GlobalConfiguration {
    private ServiceChoice service = new NoService();

    @SuppressWarnings("this-escape") // as every global configuration does
    public LayerCacheConfiguration() {
        load();
    }

    /** That of this controller. */
    public static LayerCacheConfiguration get() {
        return ExtensionList.lookupSingleton(LayerCacheConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "Layer cache";
    }

    @Override
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(BuildkitCategory.class);
    }

    public ServiceChoice getService() {
        return service;
    }

    /** @throws IllegalArgumentException that says everything that is wrong with it */
    @DataBoundSetter
    public void setService(ServiceChoice service) {
        List<Problem> problems = service.problems(CacheLifecycle.home());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("layer cache: " + ServiceChoice.told(problems));
        }
        take(service);
    }

    /** Takes the form as a whole, or nothing of it. */
    @Override
    public synchronized boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        ServiceChoice bound = req.bindJSON(ServiceChoice.class, json.getJSONObject("service"));
        List<Problem> problems = bound.problems(CacheLifecycle.home());
        if (!problems.isEmpty()) {
            throw new FormException("Layer cache: " + ServiceChoice.told(problems), "service");
        }
        take(bound);
        return true;
    }

    private synchronized void take(ServiceChoice taken) {
        service = taken;
        save();
        CacheLifecycle.get().apply(taken);
    }
}
