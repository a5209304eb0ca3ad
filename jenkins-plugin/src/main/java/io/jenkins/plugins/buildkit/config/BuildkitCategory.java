package io.jenkins.plugins.buildkit.config;

import hudson.Extension;
import jenkins.model.GlobalConfigurationCategory;
import org.jenkinsci.Symbol;

/** What is on the page of BuildKit, and not on the one of the system; a root of Configuration as Code. */
@Extension
@Symbol("buildkit")
public final class BuildkitCategory extends GlobalConfigurationCategory {
    @Override
    public String getShortDescription() {
        return BuildkitPage.DESCRIPTION;
    }

    @Override
    public String getDisplayName() {
        return "BuildKit";
    }
}
