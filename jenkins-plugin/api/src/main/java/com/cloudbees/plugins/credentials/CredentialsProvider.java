package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.Permission;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.security.core.Authentication;

/** Where credentials are kept: here in memory, and every build may use them. */
public abstract class CredentialsProvider {
    public static final Permission USE_ITEM = new Permission("UseItem");

    private static final Map<String, IdCredentials> KEPT = new ConcurrentHashMap<>();
    private static final List<String> TRACKED = new CopyOnWriteArrayList<>();

    /** For tests. */
    public static void keep(IdCredentials credentials) {
        KEPT.put(credentials.getId(), credentials);
    }

    /** For tests. */
    public static void remove(String id) {
        KEPT.remove(id);
    }

    /** For tests: the build and the credentials that it used, {@code build id}. */
    public static List<String> tracked() {
        return List.copyOf(TRACKED);
    }

    /** Of all folders alike. */
    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            Class<C> type, ItemGroup<?> itemGroup, Authentication authentication) {
        return KEPT.values().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** {@code null} when there are none of that type. */
    public static <C extends IdCredentials> C findCredentialById(String id, Class<C> type, Run<?, ?> run) {
        IdCredentials found = KEPT.get(id);
        return type.isInstance(found) ? type.cast(found) : null;
    }

    public static <C extends Credentials> C track(Run<?, ?> build, C credential) {
        if (credential instanceof IdCredentials named) {
            TRACKED.add(build.getExternalizableId() + " " + named.getId());
        }
        return credential;
    }
}
