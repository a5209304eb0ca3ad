package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.testbed.Testbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Builders of driver kubernetes: real buildx against an API server that allows no more than the Role which {@code doctor}
 * prints, with the testbed's buildkitd in its pods.
 */
class KubernetesIT {
    private static final String PERSISTENT = "persistent-volume-claim.requests.storage=20Gi";

    private final String name = "its-kube-" + CommandLine.fresh();

    private final Path folder;
    private CommandLine commandLine;

    KubernetesIT(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.commandLine = CommandLine.in(folder, TESTBED.buildx());
    }

    private void with(Path buildx, StandInCluster cluster) throws Exception {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
        commandLine = CommandLine.in(folder, buildx).with("KUBECONFIG", kubeconfig.toString());
    }

    private List<ClusterAsk> rights(String... options) throws Exception {
        List<String> doctor = new ArrayList<>(List.of("doctor", "--kubernetes", "--json"));
        Stream.of(options).forEach(option -> doctor.addAll(List.of("--driver-opts", option)));
        JsonNode items = commandLine.run(doctor.toArray(String[]::new)).json().path("items");
        JsonNode role = StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("kind").asText().equals("Role"))
                .findFirst()
                .orElseThrow();
        return ClusterAsk.allowed(role);
    }

    private Said create(String... more) throws Exception {
        return commandLine.run(Stream.concat(
                        Stream.of(
                                "create-builder",
                                "--name",
                                name,
                                "--driver",
                                "kubernetes",
                                "--buildkitd-config-inline",
                                "[log]\n  format = \"json\""),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    static Stream<Path> clients() {
        return Stream.of(Testbed.here().buildx(), Testbed.here().oldBuildx());
    }

    @ParameterizedTest
    @MethodSource("clients")
    void theRolesRightsAreJustThoseThatBuildxUses(Path buildx) throws Exception {
        List<ClusterAsk> rights = rights("namespace=ci");
        try (StandInCluster cluster = new StandInCluster("ci", rights)) {
            with(buildx, cluster);

            Said made = create("--driver-opts", "namespace=ci", "--json");
            Path context = Files.createDirectories(folder.resolve("context"));
            Files.writeString(context.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nRUN echo " + name + "\n");
            String image = Builder.image("kubernetes");
            Said built = commandLine.run(
                    "build-push", "--builder", name, "--tags", image, "--push", "--json", context.toString());
            cluster.kept().keySet().stream()
                    .filter(key -> key.startsWith("deployments/"))
                    .forEach(key -> cluster.forget(key)); // as when somebody deletes it
            Said again = commandLine.buildx("inspect", "--bootstrap", name);
            Said removed = commandLine.run("remove-builder", "--name", name);

            assertThat(made.exit()).as(made.toString()).isZero();
            assertThat(made.json().path("driver").asText()).isEqualTo("kubernetes");
            assertThat(made.json().path("status").asText()).isEqualTo("running");
            assertThat(built.built().at("/image/digest").asText()).startsWith("sha256:");
            assertThat(again.exit()).as(again.toString()).isZero();
            assertThat(removed.exit()).as(removed.toString()).isZero();
            assertThat(cluster.refused()).isEmpty();
            assertThat(cluster.kept()).isEmpty();
            assertThat(cluster.asked()).containsExactlyInAnyOrderElementsOf(rights);
        }
    }

    @Test
    void aBuilderWithVolumesOfTheClusterUsesTheRightsForThose() throws Exception {
        List<ClusterAsk> rights = rights("namespace=ci", PERSISTENT);
        try (StandInCluster cluster = new StandInCluster("ci", rights)) {
            with(TESTBED.buildx(), cluster);

            Said made = create("--driver-opts", "namespace=ci,rootless=true," + PERSISTENT);
            String pods = cluster.kept().entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("statefulsets/"))
                    .map(entry -> entry.getValue())
                    .findFirst()
                    .orElseThrow();
            Said removed = commandLine.run("remove-builder", "--name", name);

            assertThat(made.exit()).as(made.toString()).isZero();
            assertThat(pods)
                    .contains("moby/buildkit:buildx-stable-1-rootless", "--config=/etc/buildkit/buildkitd.toml");
            assertThat(removed.exit()).as(removed.toString()).isZero();
            assertThat(cluster.refused()).isEmpty();
            assertThat(cluster.kept()).isEmpty();
            assertThat(cluster.asked())
                    .contains(new ClusterAsk("create", "apps", "statefulsets"))
                    .isSubsetOf(rights);
        }
    }

    @Test
    void everyOptionReachesTheCluster() throws Exception {
        try (StandInCluster cluster = new StandInCluster("ci", rights("namespace=ci"))) {
            with(TESTBED.buildx(), cluster);

            Said made = create(
                    "--driver-opts",
                    "namespace=ci,replicas=3,requests.cpu=250m,requests.memory=512Mi,limits.cpu=2,limits.memory=4Gi",
                    "--driver-opts",
                    "\"nodeselector=kubernetes.io/arch=amd64,pool=builds\"",
                    "--driver-opts",
                    "\"tolerations=key=builds,operator=Exists,effect=NoExecute,tolerationSeconds=60;key=x,value=y\"",
                    "--driver-opts",
                    "\"labels=team=images,tier=ci\",\"annotations=example.com/owner=images\"",
                    "--driver-opts",
                    "serviceaccount=pods,schedulername=packed,qemu.install=true,qemu.image=registry.example/binfmt:1",
                    "--driver-opts",
                    "image=registry.example/buildkit:1,loadbalance=random,timeout=30s,env.GODEBUG=x509sha1=1",
                    "--platforms",
                    "linux/amd64",
                    "--append",
                    "[{name: " + name + "-arm, platforms: linux/arm64,"
                            + " driver-opts: [namespace=ci, nodeselector=kubernetes.io/arch=arm64]}]");
            List<String> kept = cluster.kept().entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("deployments/"))
                    .map(entry -> entry.getValue())
                    .toList();
            Said removed = commandLine.run("remove-builder", "--name", name);

            assertThat(made.exit()).as(made.toString()).isZero();
            assertThat(kept).hasSize(2);
            assertThat(kept)
                    .anySatisfy(pods -> assertThat(pods)
                            .contains("250m", "512Mi", "4Gi", "kubernetes.io/arch", "amd64", "pool", "builds")
                            .contains("NoExecute", "Exists", "team", "images", "example.com/owner", "pods", "packed")
                            .contains("registry.example/binfmt:1", "registry.example/buildkit:1", "x509sha1=1"))
                    .anySatisfy(pods -> assertThat(pods).contains("arm64", "linux/arm64"));
            assertThat(removed.exit()).as(removed.toString()).isZero();
            assertThat(cluster.kept()).isEmpty();
        }
    }

    @Test
    void aClusterThatAllowsNothingIsTheEnvironmentsFaultAndLeavesNothing() throws Exception {
        try (StandInCluster cluster = new StandInCluster("ci", List.of())) {
            with(TESTBED.buildx(), cluster);

            Said said = create("--driver-opts", "namespace=ci");

            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(said.err()).contains("is forbidden: User", "docs/kubernetes.md");
            assertThat(commandLine.buildx("ls").out()).doesNotContain(name);
            assertThat(cluster.kept()).isEmpty();
        }
    }
}
