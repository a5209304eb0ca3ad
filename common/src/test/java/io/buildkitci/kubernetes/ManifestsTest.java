package io.buildkitci.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.ClusterRequest;
import io.buildkitci.model.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestsTest {
    private static List<Map<String, Object>> of(String... options) {
        return Manifests.of(new ClusterRequest(List.of(options).stream()
                .map(o -> new Setting(o.replaceFirst("=.*", ""), o.replaceFirst("[^=]*=", "")))
                .toList()));
    }

    private static Map<String, Object> only(String kind, List<Map<String, Object>> manifests) {
        List<Map<String, Object>> all =
                manifests.stream().filter(m -> kind.equals(m.get("kind"))).toList();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void aBuilderHasANamespaceOfItsOwnThatTakesItsPods() {
        assertThat(of())
                .extracting(m -> m.get("kind"))
                .containsExactly("Namespace", "ServiceAccount", "Role", "RoleBinding");
        assertThat(only("Namespace", of("namespace=ci")).get("metadata"))
                .isEqualTo(Map.of("name", "ci", "labels", Map.of("pod-security.kubernetes.io/enforce", "privileged")));
    }

    @Test
    void theAccountHasTheRoleInThatNamespaceOnly() {
        assertThat(only("RoleBinding", of("namespace=ci")))
                .containsEntry("metadata", Map.of("name", "buildkit-ci", "namespace", "ci"))
                .containsEntry(
                        "roleRef",
                        Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", "Role", "name", "buildkit-ci"))
                .containsEntry(
                        "subjects",
                        List.of(Map.of("kind", "ServiceAccount", "name", "buildkit-ci", "namespace", "ci")));
        assertThat(only("Role", of("namespace=ci")).get("metadata"))
                .isEqualTo(Map.of("name", "buildkit-ci", "namespace", "ci"));
    }

    @Test
    void daemonsWithVolumesAreAnotherRight() {
        assertThat(Manifests.rights(new ClusterRequest(List.of())))
                .containsExactly(Right.DEPLOYMENTS, Right.PODS, Right.EXEC, Right.CONFIG_MAPS);
        assertThat(only("Role", of("persistent-volume-claim.requests.storage=1Gi"))
                        .toString())
                .contains("statefulsets")
                .doesNotContain("deployments");
    }

    @Test
    void theAccountOfThePodsGetsNoToken() {
        List<Map<String, Object>> manifests = of("serviceaccount=pods");

        assertThat(manifests)
                .filteredOn(m -> "ServiceAccount".equals(m.get("kind")))
                .extracting(m -> m.get("metadata") + " " + m.get("automountServiceAccountToken"))
                .containsExactly(
                        "{name=buildkit-ci, namespace=buildkit} null", "{name=pods, namespace=buildkit} false");
        assertThat(of("serviceaccount=buildkit-ci")).hasSize(4);
    }
}
