package io.jenkins.plugins.buildkit.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** What the drop-downs of credentials in forms offer: those of the kinds that fit, to people who may see them. */
public enum CredentialsChoice {
    REGISTRY,
    SECRET,
    SSH_KEY;

    private List<Class<? extends StandardCredentials>> kinds() {
        return switch (this) {
            case REGISTRY -> List.of(StandardUsernamePasswordCredentials.class);
            case SECRET ->
                List.of(StringCredentials.class, FileCredentials.class, StandardUsernamePasswordCredentials.class);
            case SSH_KEY -> List.of(SSHUserPrivateKey.class);
        };
    }

    /**
     * Who may not see credentials is told nothing but what is chosen already.
     *
     * @param item whose form it is; {@code null} where it is no item's
     * @param current what is chosen
     */
    public ListBoxModel offered(@Nullable Item item, @Nullable String current) {
        StandardListBoxModel offered = new StandardListBoxModel();
        String chosen = current == null ? "" : current;
        if (!maySee(item)) {
            offered.includeCurrentValue(chosen);
            return offered;
        }
        Authentication who = item instanceof Queue.Task task ? task.getDefaultAuthentication2() : ACL.SYSTEM2;
        offered.includeEmptyValue();
        kinds().forEach(kind -> offered.includeAs(who, item, kind));
        offered.includeCurrentValue(chosen);
        return offered;
    }

    private static boolean maySee(@Nullable Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
