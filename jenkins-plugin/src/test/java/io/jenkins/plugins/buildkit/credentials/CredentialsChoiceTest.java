package io.jenkins.plugins.buildkit.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CredentialsChoiceTest {
    private final String user = KeptCredentials.userAndPassword("u", "p");
    private final String text = KeptCredentials.text("t");
    private final String file = KeptCredentials.file(new byte[] {1});
    private final String key = KeptCredentials.key("k");

    /** A job of which its user may do only this. */
    private record Job(Set<Permission> allowed) implements Item {
        @Override
        public String getFullName() {
            return "job";
        }

        @Override
        public String getDisplayName() {
            return "job";
        }

        @Override
        public void checkPermission(Permission permission) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasPermission(Permission permission) {
            return allowed.contains(permission);
        }
    }

    static List<Permission> eachIsEnough() {
        return List.of(Item.EXTENDED_READ, CredentialsProvider.USE_ITEM);
    }

    private static List<String> values(ListBoxModel model) {
        return model.stream().map(option -> option.value).toList();
    }

    @ParameterizedTest
    @MethodSource("eachIsEnough")
    void credentialsOfTheKindsThatFitAreOffered(Permission permission) {
        Job job = new Job(Set.of(permission));

        assertThat(values(CredentialsChoice.REGISTRY.offered(job, "")))
                .contains("", user)
                .doesNotContain(text, file, key);
        assertThat(values(CredentialsChoice.SECRET.offered(job, "")))
                .contains("", user, text, file)
                .doesNotContain(key);
        assertThat(values(CredentialsChoice.SSH_KEY.offered(job, "gone")))
                .contains("", key, "gone")
                .doesNotContain(user, text, file);
    }

    @Test
    void whoMayNotSeeCredentialsIsToldOnlyWhatIsChosen() {
        Job job = new Job(Set.of(Item.READ));

        assertThat(values(CredentialsChoice.REGISTRY.offered(job, "chosen"))).containsExactly("chosen");
        assertThat(values(CredentialsChoice.SECRET.offered(job, null))).containsExactly("");
    }
}
