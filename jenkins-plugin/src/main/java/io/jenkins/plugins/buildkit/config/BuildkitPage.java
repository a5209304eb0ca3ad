package io.jenkins.plugins.buildkit.config;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import hudson.util.FormApply;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The page of BuildKit in Manage Jenkins. */
@Extension
public final class BuildkitPage extends ManagementLink {
    static final String DESCRIPTION = "Builders that pipelines call by name, and when they are removed.";

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

    /** For the page. */
    public BuildkitConfiguration getConfiguration() {
        return BuildkitConfiguration.get();
    }

    /** Takes the form. */
    @POST
    public HttpResponse doConfigure(StaplerRequest2 request) throws Descriptor.FormException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        getConfiguration().configure(request, request.getSubmittedForm());
        return FormApply.success("..");
    }
}
