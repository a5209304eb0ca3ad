package io.jenkins.plugins.buildkit.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import hudson.util.FormApply;
import jakarta.servlet.ServletException;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The page of BuildKit in Manage Jenkins. */
@Extension
public final class BuildkitPage extends ManagementLink {
    static final String DESCRIPTION =
            "Builders that pipelines call by name, when they are removed, and what keeps layers between builds.";

    @Override
    public String getIconFileName() {
        return "symbol-cube";
    }

    @Override
    public String getDisplayName() {
        return "BuildKit";
    }

    @Override
    public String getDescription() {
        return DESCRIPTION;
    }

    @Override
    public String getUrlName() {
        return "buildkit";
    }

    @Override
    public Category getCategory() {
        return Category.CONFIGURATION;
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    /** For the page: every configuration that has its place here. */
    public List<GlobalConfiguration> getSections() {
        return GlobalConfiguration.all().stream()
                .filter(section -> section.getCategory() instanceof BuildkitCategory)
                .toList();
    }

    /** Takes the form, section by section. */
    @POST
    public HttpResponse doConfigure(StaplerRequest2 request) throws Descriptor.FormException, ServletException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        JSONObject form = request.getSubmittedForm();
        for (GlobalConfiguration section : getSections()) {
            section.configure(request, form.getJSONObject(section.getJsonSafeClassName()));
        }
        return FormApply.success("..");
    }
}
