package io.buildkitci.kubernetes;

import io.buildkitci.model.ClusterRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The manifests for builders of driver kubernetes: a namespace, the account that buildx comes as, and a role with the least
 * that it needs.
 */
public final class Manifests {
    /** Of the account, its role and their binding. */
    public static final String NAME = "buildkit-ci";

    private static final String RBAC = "rbac.authorization.k8s.io";

    private final ClusterRequest request;

    private Manifests(ClusterRequest request) {
        this.request = request;
    }

    /** Each as maps, lists and texts, in the order in which a cluster can take them. */
    public static List<Map<String, Object>> of(ClusterRequest request) {
        Manifests manifests = new Manifests(request);
        List<Map<String, Object>> all = new ArrayList<>();
        all.add(manifests.namespace());
        all.add(manifests.account(NAME, Map.of()));
        request.podAccount()
                .filter(account -> !account.equals(NAME))
                .ifPresent(
                        account -> all.add(manifests.account(account, Map.of("automountServiceAccountToken", false))));
        all.add(manifests.role());
        all.add(manifests.binding());
        return all;
    }

    /** What such a builder needs; no other is asked for. */
    public static List<Right> rights(ClusterRequest request) {
        Right daemons = request.persistent() ? Right.STATEFUL_SETS : Right.DEPLOYMENTS;
        return List.of(daemons, Right.PODS, Right.EXEC, Right.CONFIG_MAPS);
    }

    /** The standards below "privileged" allow neither privileged pods nor rootless ones without a seccomp profile. */
    private Map<String, Object> namespace() {
        return manifest(
                "v1",
                "Namespace",
                map(
                        "name", request.namespace(),
                        "labels", map("pod-security.kubernetes.io/enforce", "privileged")));
    }

    private Map<String, Object> account(String name, Map<String, Object> more) {
        Map<String, Object> account = manifest("v1", "ServiceAccount", metadata(name));
        account.putAll(more);
        return account;
    }

    private Map<String, Object> role() {
        Map<String, Object> role = manifest(RBAC + "/v1", "Role", metadata(NAME));
        role.put("rules", rights(request).stream().map(Manifests::rule).toList());
        return role;
    }

    private static Map<String, Object> rule(Right right) {
        return map("apiGroups", List.of(right.group()), "resources", List.of(right.resource()), "verbs", right.verbs());
    }

    private Map<String, Object> binding() {
        Map<String, Object> binding = manifest(RBAC + "/v1", "RoleBinding", metadata(NAME));
        binding.put("roleRef", map("apiGroup", RBAC, "kind", "Role", "name", NAME));
        binding.put("subjects", List.of(map("kind", "ServiceAccount", "name", NAME, "namespace", request.namespace())));
        return binding;
    }

    private Map<String, Object> metadata(String name) {
        return map("name", name, "namespace", request.namespace());
    }

    private static Map<String, Object> manifest(String version, String kind, Map<String, Object> metadata) {
        return map("apiVersion", version, "kind", kind, "metadata", metadata);
    }

    /** In this order, as people read manifests. */
    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return map;
    }
}
