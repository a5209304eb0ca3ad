package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.builder.BuilderStore.StoredNode;
import io.buildkitci.builder.ClientEnvironment.Os;
import io.buildkitci.model.Driver;
import io.buildkitci.process.InMemoryFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderStoreTest {
    private static final String REMOTE = "{\"Name\":\"rem\",\"Driver\":\"remote\",\"Nodes\":[{\"Name\":\"rem0\","
            + "\"Endpoint\":\"tcp://b:1234\",\"Platforms\":null,\"DriverOpts\":null,\"Flags\":null,\"Files\":null}],"
            + "\"Dynamic\":false}";
    private static final String DEFAULT_ENGINE = "unix:///var/run/docker.sock";

    private final InMemoryFiles files = new InMemoryFiles().with("/bx/instances/rem", REMOTE);

    private BuilderStore store(Map<String, String> variables) {
        return new BuilderStore(files, ClientEnvironment.from(variables, Path.of("/home/p"), Os.LINUX));
    }

    private static String current(String key, String name, boolean global) {
        return "{\"Key\":\"" + key + "\",\"Name\":\"" + name + "\",\"Global\":" + global + "}";
    }

    static Stream<Arguments> selections() {
        Map<String, String> plain = Map.of("BUILDX_CONFIG", "/bx");
        Map<String, String> host = Map.of("BUILDX_CONFIG", "/bx", "DOCKER_HOST", "tcp://e:1", "DOCKER_CONTEXT", "ctx");
        Map<String, String> context = Map.of("BUILDX_CONFIG", "/bx", "DOCKER_CONTEXT", "ctx");
        Map<String, String> named = Map.of("BUILDX_CONFIG", "/bx", "BUILDX_BUILDER", "mine");
        return Stream.of(
                arguments(plain, current(DEFAULT_ENGINE, "rem", false), "rem"),
                arguments(plain, current(DEFAULT_ENGINE, "", false), "default"),
                arguments(plain, current(DEFAULT_ENGINE, "gone", false), "default"),
                arguments(plain, current("tcp://e:1", "rem", false), "default"),
                arguments(plain, current("tcp://e:1", "rem", true), "rem"),
                arguments(plain, "not json", "default"),
                arguments(host, current("tcp://e:1", "rem", false), "rem"),
                arguments(host, current("ctx", "rem", false), "default"),
                arguments(context, current("ctx", "rem", false), "rem"),
                arguments(context, current(DEFAULT_ENGINE, "rem", false), "ctx"),
                arguments(named, current(DEFAULT_ENGINE, "rem", false), "mine"));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void knowsTheCurrentBuilderAsBuildxDoes(Map<String, String> variables, String current, String name) {
        files.with("/bx/current", current);

        assertThat(store(variables).current()).contains(name);
    }

    @Test
    void takesTheContextThatDockersConfigurationNames() {
        files.with("/dc/config.json", "{\"currentContext\":\"ctx\"}");

        assertThat(store(Map.of("DOCKER_CONFIG", "/dc")).current()).contains("ctx");
        assertThat(store(Map.of("DOCKER_CONFIG", "/dc")).driverOf(Optional.empty()))
                .contains(Driver.DOCKER);
    }

    @Test
    void leavesItToBuildxWhereContextsHaveDefaultsOfTheirOwn() {
        files.with("/bx/defaults/0123", "rem");

        assertThat(store(Map.of("BUILDX_CONFIG", "/bx")).current()).isEmpty();
        assertThat(store(Map.of("BUILDX_CONFIG", "/bx")).driverOf(Optional.empty()))
                .isEmpty();
    }

    @Test
    void knowsTheDriverOfABuilder() {
        BuilderStore store = store(Map.of("BUILDX_CONFIG", "/bx"));

        assertThat(store.driverOf(Optional.of("rem"))).contains(Driver.REMOTE);
        assertThat(store.driverOf(Optional.of("REM"))).contains(Driver.REMOTE);
        assertThat(store.driverOf(Optional.of("default"))).contains(Driver.DOCKER);
        assertThat(store.driverOf(Optional.of("unheard-of"))).isEmpty();
        assertThat(store.read("rem").orElseThrow().nodes()).containsExactly(new StoredNode("rem0", "tcp://b:1234"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "{\"Driver\":7}", "{\"Driver\":\"cloud\"}", "{\"Driver\":\"remote\",\"Nodes\":["})
    void isSilentOnWhatItDoesNotUnderstand(String text) {
        files.with("/bx/instances/odd", text);

        assertThat(store(Map.of("BUILDX_CONFIG", "/bx")).driverOf(Optional.of("odd")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../instances/rem", "/bx/instances/rem", "", "."})
    void neverLeavesItsDirectory(String name) {
        assertThat(store(Map.of("BUILDX_CONFIG", "/bx")).read(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "desktop-linux, unix:///home/me/.docker/desktop/docker.sock, true",
        "colima, unix:///Users/me/.colima/default/docker.sock, true",
        "remote, ssh://me@build.example, true",
        "tls, tcp://localhost:2376, false"
    })
    void findsTheEngineOfAContext(String context, String address, boolean elsewhere) {
        files.with(
                "/dc/contexts/meta/" + sha256(context) + "/meta.json",
                "{\"Name\":\"" + context
                        + "\",\"Metadata\":{\"Description\":\"d\"},\"Endpoints\":{\"docker\":{\"Host\":\"" + address
                        + "\",\"SkipTLSVerify\":false}}}");
        BuilderStore store = store(Map.of("DOCKER_CONFIG", "/dc", "DOCKER_CONTEXT", context));

        assertThat(store.endpoint()).contains(new EngineEndpoint(address));
        assertThat(store.engineIsElsewhere()).isEqualTo(elsewhere);
        assertThat(store.driverOf(Optional.of(context))).contains(Driver.DOCKER);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHostWinsOverEveryContext() {
        Map<String, String> both = Map.of("DOCKER_HOST", "tcp://build.example:2376", "DOCKER_CONTEXT", "colima");

        assertThat(store(both).endpoint()).contains(new EngineEndpoint("tcp://build.example:2376"));
        assertThat(store(Map.of()).endpoint()).contains(new EngineEndpoint("unix:///var/run/docker.sock"));
        assertThat(store(Map.of("DOCKER_CONTEXT", "unheard-of")).endpoint()).isEmpty();
    }

    @Test
    void leavesItToBuildxWhichDriverPodmansSocketHas() {
        Map<String, String> podman = Map.of("DOCKER_HOST", "unix:///run/podman/podman.sock");

        assertThat(store(podman).driverOf(Optional.of("default"))).isEmpty();
    }

    @Test
    void givesUpOnWhatIsNestedForEver() {
        files.with("/bx/instances/deep", "{\"Driver\":\"remote\",\"Nodes\":" + "[".repeat(100_000));

        assertThat(store(Map.of("BUILDX_CONFIG", "/bx")).read("deep")).isEmpty();
    }
}
