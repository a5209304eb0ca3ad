package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.model.Descriptor;
import io.buildkitci.input.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** No service keeps layers. */
public final class NoService extends ServiceChoice {
    @DataBoundConstructor
    public NoService() {}

    @Override
    List<Problem> problems(Path home) {
        return List.of();
    }

    /** Its name in the form. */
    @Extension(ordinal = 2)
    @Symbol("none")
    public static final class DescriptorImpl extends Descriptor<ServiceChoice> {
        @Override
        public String getDisplayName() {
            return "None";
        }
    }
}
