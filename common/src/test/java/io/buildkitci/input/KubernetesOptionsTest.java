package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BuilderRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesOptionsTest {
    private final List<RawInput> append = new ArrayList<>();

    private Checked<BuilderRequest> check(String... namesAndTexts) {
        Map<String, RawValue> values = new LinkedHashMap<>(Map.of("driver", RawValue.of("kubernetes")));
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            values.put(namesAndTexts[i], RawValue.of(namesAndTexts[i + 1]));
        }
        return BuilderInputs.check(RawInput.of(values), append, new FakeOutside().outside());
    }

    private List<String> problems(String... namesAndTexts) {
        return check(namesAndTexts) instanceof Checked.Invalid<BuilderRequest> invalid
                ? invalid.problems().stream().map(Problem::render).toList()
                : List.of();
    }

    private List<String> notices(String... namesAndTexts) {
        return check(namesAndTexts).notices().stream().map(Notice::render).toList();
    }

    private BuilderRequest valid(String... namesAndTexts) {
        assertThat(problems(namesAndTexts)).isEmpty();
        return ((Checked.Valid<BuilderRequest>) check(namesAndTexts)).value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespace=ci-2",
                "image=registry.example/buildkit:v1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "replicas=1",
                "requests.cpu=250m",
                "requests.cpu=.5",
                "requests.memory=1.5Gi",
                "limits.memory=1e9",
                "limits.ephemeral-storage=20G",
                "persistent-volume-claim.requests.storage=20Gi",
                "buildkit-root-volume-memory=8Gi",
                "rootless=true",
                "qemu.install=1",
                "default-load=False",
                "loadbalance=random",
                "timeout=1h30m",
                "timeout=2.5m",
                "schedulername=my.scheduler",
                "serviceaccount=builds",
                "\"nodeselector=kubernetes.io/arch=amd64,pool=\"",
                "\"labels=team=Images_1,tier=ci\"",
                "\"annotations=example.com/owner=anything at all: even this,x=y\"",
                "tolerations=key=builds",
                "tolerations=operator=Exists",
                "\"tolerations=key=a,operator=Equal,value=b,effect=NoSchedule;key=c,effect=NoExecute,tolerationSeconds=60\"",
                "env.HTTP_PROXY=http://proxy.example:3128",
            })
    void takesWhatBuildxAndTheClusterTake(String option) {
        assertThat(valid("driver-opts", option).builder().nodes().get(0).driverOpts())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "namespace=CI | must be at most 63 small letters, digits and '-', with no '-' at either end",
                "namespace=kube_system | must be at most 63 small letters",
                "namespace= | must be at most 63 small letters",
                "replicas=0 | must be a number of pods from 1 to 1000",
                "replicas=two | must be a number of pods",
                "requests.cpu=half | no quantity of Kubernetes; write 500m, 2, 512Mi or 10Gi",
                "requests.memory=512MB | no quantity of Kubernetes",
                "limits.memory=-1 | no quantity of Kubernetes",
                "persistent-volume-claim.requests.storage=0 | must be more than nothing; write 20Gi",
                "rootless=yes | accepted are true and false",
                "qemu.install=on | accepted are true and false",
                "loadbalance=round-robin | accepted are sticky and random",
                "timeout=120 | no length of time; write 90s, 5m or 1h30m",
                "timeout=0s | no length of time",
                "image=registry.example/Buildkit | must be lower case",
                "qemu.image=a b | not an image reference",
                "serviceaccount=Builds | must be small letters",
                "nodeselector=arm64 | 'arm64' is not of the form key=value, with one '='",
                "nodeselector=kubernetes.io/arch=a=b | is not of the form key=value, with one '='",
                "labels=app=x | 'app' is buildx' own",
                "labels=a=b c | the value of a label is at most 63 letters",
                "labels=-a=b | a key is letters, digits",
                "annotations=buildx.docker.com/platform=x | 'buildx.docker.com/platform' is buildx' own",
                "tolerations=builds | 'builds' is not key=…, operator=…, value=…, effect=… or tolerationSeconds=…",
                "tolerations=keys=builds | did you mean 'key'?",
                "tolerations=key=a,key=b | 'key' is given twice; ';' parts one toleration from the next",
                "tolerations=key=a,operator=In | the operator is Equal or Exists",
                "tolerations=value=b | without a key the operator must be Exists",
                "tolerations=key=a,operator=Exists,value=b | operator Exists takes no value",
                "tolerations=key=a,effect=NoRun | the effect is NoSchedule, PreferNoSchedule or NoExecute",
                "tolerations=key=a,tolerationSeconds=60 | tolerationSeconds is for effect NoExecute only",
                "tolerations=key=a,effect=NoExecute,tolerationSeconds=1m | tolerationSeconds is a whole number",
                "runtimeclassname=gvisor | driver kubernetes has no option 'runtimeclassname'",
            })
    void refusesWhatBuildxOrTheClusterWouldRefuseLater(String option, String reason) {
        assertThat(problems("driver-opts", "\"" + option + "\""))
                .singleElement()
                .asString()
                .startsWith("driver-opts: ")
                .contains(reason);
    }

    @Test
    void everyProblemIsTold() {
        append.add(RawInput.of(Map.of(
                "name", RawValue.of("arm-"), "driver-opts", RawValue.of("replicas=none,limits.cpu=1,requests.cpu=2"))));

        assertThat(problems("name", "b".repeat(51), "driver-opts", "namespace=CI,replicas=0,timeout=5\nrootless=maybe"))
                .containsExactlyInAnyOrder(
                        "driver-opts: 'namespace=CI': must be at most 63 small letters, digits and '-', with no '-' at"
                                + " either end",
                        "driver-opts: 'replicas=0': must be a number of pods from 1 to 1000",
                        "driver-opts: 'timeout=5': no length of time; write 90s, 5m or 1h30m",
                        "driver-opts: 'rootless=maybe': accepted are true and false",
                        "name: '" + "b".repeat(51) + "': in a cluster it has at most 50 characters",
                        "driver-opts: 'replicas=none': must be a number of pods from 1 to 1000",
                        "driver-opts: 'requests.cpu=2': is more than limits.cpu=1",
                        "name: 'arm-': in a cluster it must end with a letter or a digit");
    }

    @Test
    void moreCannotBeRequestedThanAllowed() {
        assertThat(problems("driver-opts", "requests.memory=1024Mi,limits.memory=1Gi"))
                .isEmpty();
        assertThat(problems("driver-opts", "requests.memory=1025Mi,limits.memory=1Gi"))
                .containsExactly("driver-opts: 'requests.memory=1025Mi': is more than limits.memory=1Gi");
        assertThat(problems("driver-opts", "requests.cpu=1001m,limits.cpu=1"))
                .containsExactly("driver-opts: 'requests.cpu=1001m': is more than limits.cpu=1");
    }

    @Test
    void aListWithoutQuotesIsRefusedWithTheWayToWriteIt() {
        assertThat(problems("driver-opts", "nodeselector=a=b,c=d"))
                .containsExactly("driver-opts: 'c=d': driver kubernetes has no option 'c'; if it is a"
                        + " part of nodeselector, put quotes around all of that: \"nodeselector=a=b,…\"");
    }

    @Test
    void aConfigurationThatWouldNotReachTheDaemonIsRefused() {
        String volume = "persistent-volume-claim.requests.storage=1Gi";

        assertThat(problems("driver-opts", volume, "buildkitd-config-inline", "debug = true"))
                .containsExactly("driver-opts: 'persistent-volume-claim.requests.storage': beside it buildx gives"
                        + " buildkitd no configuration, unless rootless=true; drop one");
        assertThat(problems("driver-opts", volume + ",rootless=true", "buildkitd-config-inline", "debug = true"))
                .isEmpty();
        assertThat(problems("driver-opts", volume + ",buildkit-root-volume-memory=1Gi"))
                .containsExactly("driver-opts: 'buildkit-root-volume-memory': the volume of"
                        + " persistent-volume-claim.requests.storage takes its place; drop one");
    }

    @Test
    void aRootlessDaemonIsToldWhereItsConfigurationIs() {
        assertThat(valid("driver-opts", "rootless=true", "buildkitd-flags", "--debug", "config-inline", "debug = true")
                        .builder()
                        .nodes()
                        .get(0)
                        .buildkitdFlags())
                .containsExactly("--debug", "--config=/etc/buildkit/buildkitd.toml");
        assertThat(valid("driver-opts", "rootless=false", "buildkitd-flags", "--debug", "config-inline", "debug = true")
                        .builder()
                        .nodes()
                        .get(0)
                        .buildkitdFlags())
                .containsExactly("--debug");
    }

    @Test
    void tellsWhatIsNotAsItLooks() {
        assertThat(notices("platforms", "arm64", "driver-opts", "requests.ephemeral-storage=1Gi,qemu.image=x"))
                .containsExactlyInAnyOrder(
                        "driver-opts: buildx makes requests.ephemeral-storage the limit of a pod",
                        "driver-opts: qemu.image is used with qemu.install=true only",
                        "platforms: nothing keeps its pods to machines of that architecture; give"
                                + " nodeselector=kubernetes.io/arch=… in driver-opts");
        assertThat(notices("platforms", "arm64", "driver-opts", "nodeselector=kubernetes.io/arch=arm64"))
                .isEmpty();
    }

    @Test
    void everyOptionIsInTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("../docs/kubernetes.md"));

        assertThat(KubernetesOptions.RULES.keySet())
                .allSatisfy(option -> assertThat(page).contains("`" + option + "`"));
    }
}
