package io.buildkitci.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.InputSpec;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.QemuInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every {@code action.yml} declares what the input tables read, with the same defaults. */
class ActionYamlTest {
    private static final String TOKEN = "${{ github.token }}";
    private static final Set<String> OF_THE_BUILDER = Set.of(
            "driver",
            "endpoint",
            "driver-opts",
            "buildkitd-flags",
            "buildkitd-config",
            "buildkitd-config-inline",
            "registry-mirrors",
            "gc-policy",
            "append",
            "keep-state",
            "cleanup",
            "version",
            "install-from",
            "cache-binary");

    /**
     * An action as it has to be.
     *
     * @param folder where its file is
     * @param step what tells the launcher and the jar which action it is
     * @param inputs defaults by name
     * @param deprecated inputs of the peer's earlier releases
     * @param outputs of the peer, and ours
     */
    private record Action(
            String folder, String step, Map<String, String> inputs, Set<String> deprecated, Set<String> outputs) {
        Action {
            inputs = Map.copyOf(inputs);
            deprecated = Set.copyOf(deprecated);
            outputs = Set.copyOf(outputs);
        }

        @Override
        public String toString() {
            return step;
        }

        Map<?, ?> read() {
            try {
                String text = Files.readString(Path.of("..").resolve(folder).resolve("action.yml"));
                return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A mapping of the file; empty if it is not there. */
        Map<?, ?> mapping(String name) {
            return read().get(name) instanceof Map<?, ?> mapping ? mapping : Map.of();
        }

        Map<String, Map<?, ?>> section(String name) {
            Map<String, Map<?, ?>> section = new LinkedHashMap<>();
            mapping(name).forEach((key, value) -> section.put((String) key, (Map<?, ?>) value));
            return section;
        }
    }

    static Stream<Action> actions() {
        // the git context and the token are the runner's to know
        InputTable build = BuildInputs.ALL.withDefault("context", "").withDefault("github-token", TOKEN);
        Set<String> built = Set.of("imageid", "digest", "digests", "metadata");
        Map<String, String> all = new TreeMap<>(defaults(build.specs()));
        all.putAll(defaults(BuilderInputs.ALL.specs().stream()
                .filter(spec -> OF_THE_BUILDER.contains(spec.name()))
                .toList()));
        all.put("driver", ""); // given, it asks for a builder; the table's default holds where one is made
        all.put("binfmt-image", defaults(QemuInputs.ALL.specs()).get("image"));
        return Stream.of(
                new Action("setup-qemu", "setup-qemu", defaults(QemuInputs.ALL.specs()), Set.of(), Set.of("platforms")),
                new Action(
                        "create-builder",
                        "create-builder",
                        defaults(BuilderInputs.ALL.specs()),
                        Set.of("config", "config-inline", "install"),
                        Set.of("name", "driver", "platforms", "nodes", "endpoint", "status", "flags")),
                new Action(
                        "bake",
                        "bake",
                        defaults(BakeInputs.ALL
                                .withDefault("github-token", TOKEN)
                                .specs()),
                        Set.of(),
                        Set.of("metadata", "digests")),
                new Action("build-push", "build-push", defaults(build.specs()), Set.of(), built),
                new Action("", "all", all, Set.of(), built));
    }

    private static Map<String, String> defaults(List<InputSpec> specs) {
        Map<String, String> defaults = new TreeMap<>();
        specs.forEach(spec -> defaults.put(spec.name(), spec.defaultValue()));
        return defaults;
    }

    @ParameterizedTest
    @MethodSource("actions")
    void declaresTheInputsOfItsTableWithTheirDefaults(Action action) {
        Map<String, String> expected = new TreeMap<>(action.inputs());
        expected.put("step", action.step());
        action.deprecated().forEach(name -> expected.put(name, ""));

        Map<String, String> declared = new TreeMap<>();
        action.section("inputs").forEach((name, input) -> declared.put(name, text(input.get("default"))));

        assertThat(declared).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void declaresItsOutputs(Action action) {
        assertThat(action.section("outputs").keySet()).containsExactlyInAnyOrderElementsOf(action.outputs());
    }

    @ParameterizedTest
    @MethodSource("actions")
    void describesEverything(Action action) {
        Map<?, ?> yaml = action.read();
        assertThat(yaml.get("name")).asString().isNotBlank();
        assertThat(yaml.get("author")).asString().isNotBlank();
        // the marketplace takes no more
        assertThat(yaml.get("description")).asString().isNotBlank().hasSizeLessThan(125);
        Stream.of("inputs", "outputs")
                .flatMap(name -> action.section(name).entrySet().stream())
                .forEach(entry -> assertThat(entry.getValue().get("description"))
                        .as(entry.getKey())
                        .asString()
                        .endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void warnsOfEarlierNamesAndNoOthers(Action action) {
        Set<String> warned = new TreeSet<>();
        action.section("inputs").forEach((name, input) -> {
            if (input.containsKey("deprecationMessage")) {
                warned.add(name);
            }
        });

        assertThat(warned).isEqualTo(new TreeSet<>(action.deprecated()));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void demandsNoInput(Action action) {
        action.section("inputs")
                .forEach((name, input) ->
                        assertThat(input.get("required")).as(name).isEqualTo(false));
    }

    /** Else the runner would hand the peer's default to every driver, and to those that take none. */
    @Test
    void leavesTheFlagsOfBuildkitdToTheDriver() {
        assertThat(actions().filter(action -> action.inputs().containsKey("buildkitd-flags")))
                .hasSize(2)
                .allSatisfy(action -> assertThat(action.section("inputs"))
                        .hasEntrySatisfying(
                                "buildkitd-flags",
                                input ->
                                        assertThat(input.containsKey("default")).isFalse()));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void runsTheLauncherThatIsThere(Action action) {
        Map<?, ?> runs = action.mapping("runs");
        Path folder = Path.of("..").resolve(action.folder());

        assertThat(runs.get("using")).isEqualTo("node24");
        assertThat(folder.resolve(text(runs.get("main"))).normalize()).isEqualTo(Path.of("../dist/main.cjs"));
        assertThat(folder.resolve(text(runs.get("post"))).normalize()).isEqualTo(Path.of("../dist/post.cjs"));
        assertThat(Path.of("../dist/main.cjs")).exists();
        assertThat(Path.of("../dist/post.cjs")).exists();
    }

    /** What is not there is empty; what is has to be a text, for that is what the runner hands on. */
    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        assertThat(value).isInstanceOf(String.class);
        return (String) value;
    }
}
