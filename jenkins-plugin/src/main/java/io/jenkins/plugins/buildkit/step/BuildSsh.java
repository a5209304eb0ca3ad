package io.jenkins.plugins.buildkit.step;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.buildkit.credentials.CredentialsChoice;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An SSH key that steps of the Dockerfile may use: an id and the credentials that it comes from. */
public final class BuildSsh extends AbstractDescribableImpl<BuildSsh> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String credentialsId;
    private final String text;

    @DataBoundConstructor
    public BuildSsh(String id, String credentialsId) {
        this(id, credentialsId, "");
    }

    private BuildSsh(String id, String credentialsId, String text) {
        this.id = id;
        this.credentialsId = credentialsId;
        this.text = text;
    }

    /** One or more in the input's own syntax, {@code default} or {@code id=path}. */
    static BuildSsh ofText(String text) {
        return new BuildSsh("", "", text);
    }

    public String getId() {
        return id;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** In the input's own syntax; empty for one from credentials. */
    String text() {
        return text;
    }

    /** Names a key in forms. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<BuildSsh> {
        @Override
        public String getDisplayName() {
            return "SSH key from credentials";
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String credentialsId) {
            return CredentialsChoice.SSH_KEY.offered(item, credentialsId);
        }
    }
}
