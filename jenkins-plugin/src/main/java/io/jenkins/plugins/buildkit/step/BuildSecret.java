package io.jenkins.plugins.buildkit.step;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.buildkit.credentials.CredentialsChoice;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A secret that steps of the Dockerfile may mount: an id and the credentials that it comes from. */
public final class BuildSecret extends AbstractDescribableImpl<BuildSecret> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String credentialsId;
    private final @Nullable Secret text;

    @DataBoundConstructor
    public BuildSecret(String id, String credentialsId) {
        this(id, credentialsId, null);
    }

    private BuildSecret(String id, String credentialsId, @Nullable Secret text) {
        this.id = id;
        this.credentialsId = credentialsId;
        this.text = text;
    }

    /** One or more in the input's own syntax, {@code id=value}: for values that a script has at hand. */
    static BuildSecret ofText(String text) {
        return new BuildSecret("", "", Sealed.of(text));
    }

    public String getId() {
        return id;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** In the input's own syntax; empty for one from credentials. */
    String text() {
        return text == null ? "" : Sealed.text(text);
    }

    /** Names a secret in forms. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<BuildSecret> {
        @Override
        public String getDisplayName() {
            return "Secret from credentials";
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String credentialsId) {
            return CredentialsChoice.SECRET.offered(item, credentialsId);
        }
    }
}
