package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps around a build, as a pipeline calls them. */
class StepsIT {
    private final String name = "its-" + CommandLine.fresh();

    private final Path folder;
    private final CommandLine commandLine;

    StepsIT(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.commandLine = CommandLine.in(folder, TESTBED.buildx());
    }

    @AfterEach
    void leavesNothing() throws Exception {
        commandLine.run("remove-builder", "--name", name);
        assertThat(commandLine
                        .docker("container", "ls", "--all", "--format", "{{.Names}}")
                        .out())
                .doesNotContain(name);
        assertThat(commandLine.docker("volume", "ls", "--format", "{{.Name}}").out())
                .doesNotContain(name);
    }

    private Said create(Driver driver, String... more) throws Exception {
        return commandLine.run(Stream.of(
                        Stream.of("create-builder", "--name", name, "--driver", driver.render()),
                        Builder.definition(driver).stream(),
                        Stream.of(more))
                .flatMap(all -> all)
                .toArray(String[]::new));
    }

    /** buildx marks it with an asterisk. */
    private String currentBuilder() throws Exception {
        return commandLine
                .buildx("ls")
                .out()
                .lines()
                .map(line -> line.split("\\s+", -1)[0])
                .filter(word -> word.endsWith("*"))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @EnumSource(names = {"DOCKER_CONTAINER", "REMOTE"})
    void aBuilderIsMadeOnceAndTakenAgain(Driver driver) throws Exception {
        String before = currentBuilder();
        Said made = create(driver, "--json");
        Said again = create(driver, "--json");
        Said text = create(driver);
        String after = currentBuilder();
        Said removed = commandLine.run("remove-builder", "--name", name, "--json");
        Said unknown = commandLine.run("remove-builder", "--name", name);

        assertThat(made.exit()).as(made.toString()).isZero();
        assertThat(List.of("name", "driver", "status", "created", "buildkit"))
                .extracting(key -> made.json().path(key).asText())
                .containsExactly(name, driver.render(), "running", "true", "v0.32.2");
        assertThat(Reported.texts(made.json().path("platforms"))).contains("linux/amd64", "linux/386");
        assertThat(again.exit()).isZero();
        assertThat(again.json().path("created").asBoolean()).isFalse();
        assertThat(text.out()).contains(name + " reused", driver.render());
        assertThat(before).isEqualTo("default*");
        assertThat(after).isEqualTo(before);
        assertThat(removed.exit()).isZero();
        assertThat(removed.json().path("name").asText()).isEqualTo(name);
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no builder '" + name + "'");
    }

    @Test
    void anotherDefinitionIsRefusedAndChangesNothing() throws Exception {
        create(Driver.DOCKER_CONTAINER);

        Said memory = create(Driver.DOCKER_CONTAINER, "--driver-opts", "memory=512m");
        Said driver = create(Driver.REMOTE);
        Said still = create(Driver.DOCKER_CONTAINER, "--json");

        assertThat(memory.exit()).isEqualTo(2);
        assertThat(memory.err()).contains("nothing was changed", "memory: has none, asked for 512m");
        assertThat(driver.exit()).isEqualTo(2);
        assertThat(driver.err()).contains("driver: has docker-container, asked for remote");
        assertThat(still.json().path("created").asBoolean()).isFalse();
    }

    @Test
    void aBuilderBecomesTheCurrentOneWhenAskedTo() throws Exception {
        create(Driver.REMOTE, "--use");
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nRUN echo " + name + "\n");

        String current = currentBuilder();
        Said built = commandLine.run("build-push", "--json", context.toString());
        commandLine.run("remove-builder", "--name", name);

        assertThat(current).isEqualTo(name + "*");
        assertThat(built.built().at("/builder/name").asText()).isEqualTo(name);
        assertThat(built.built().at("/builder/driver").asText()).isEqualTo("remote");
        assertThat(currentBuilder()).isEqualTo("default*");
    }

    @Test
    void aRemoteThatDoesNotAnswerIsTheEnvironmentsFaultAndLeavesNothing() throws Exception {
        Said said = commandLine.run(
                "create-builder",
                "--name",
                name,
                "--driver",
                "remote",
                "--endpoint",
                "unix://" + folder.resolve("nobody.sock"));

        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        assertThat(said.err()).contains("nobody.sock");
        assertThat(commandLine.buildx("ls").out()).doesNotContain(name);
    }

    @Test
    void emulatorsThatAreThereStayAsTheyAre() throws Exception {
        commandLine.run("setup-qemu", "--platforms", "arm64");
        Said said = commandLine.run("setup-qemu", "--platforms", "amd64,386,arm64", "--json");
        Said unknown = commandLine.run("setup-qemu", "--platforms", "windows/amd64,linux/foo");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.json().path("changes")).isEmpty();
        assertThat(said.json().path("platforms"))
                .extracting(
                        p -> p.path("platform").asText() + " " + p.path("state").asText())
                .containsExactly("linux/amd64 native", "linux/386 native", "linux/arm64 emulated");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("windows/amd64", "linux/foo");
    }

    @Test
    void aDoctorFindsWhatThereIs() throws Exception {
        commandLine.run("setup-qemu", "--platforms", "arm64");
        Said text = commandLine.run("doctor");
        JsonNode json = commandLine.run("doctor", "--json").json();

        assertThat(text.exit()).isZero();
        assertThat(text.out().lines().map(line -> line.split("\\s+", -1)[0])).contains("buildx", "builder", "engine");
        assertThat(json.path("usable").asBoolean()).isTrue();
        assertThat(List.of("buildx", "builder", "engine", "emulators"))
                .allSatisfy(part ->
                        assertThat(json.path(part).path("state").asText()).isEqualTo("ok"));
        assertThat(json.at("/buildx/text").asText()).startsWith("0.36.1 at " + TESTBED.buildx());
    }

    @Test
    void aDoctorSaysWhatMendsWhatIsMissing() throws Exception {
        String nobody = "unix://" + folder.resolve("nobody.sock");
        CommandLine without = commandLine.with("DOCKER_HOST", nobody);
        Said noEngine = without.with(
                        "BUILDKIT_CI_BUILDKIT", folder.resolve("none").toString())
                .run("doctor", "--json");
        Said onlyBuildkit = without.run("doctor", "--json");
        Said noBuilder = commandLine.run("doctor", "--builder", name, "--json");

        assertThat(noEngine.exit()).isEqualTo(3);
        assertThat(noEngine.json().path("usable").asBoolean()).isFalse();
        assertThat(noEngine.json().at("/engine/state").asText()).isEqualTo("absent");
        assertThat(noEngine.json().at("/engine/remedy").asText()).contains("start Docker");
        assertThat(noEngine.json().at("/builder/text").asText()).contains(nobody.substring(7));
        assertThat(onlyBuildkit.exit()).as(onlyBuildkit.toString()).isZero();
        assertThat(onlyBuildkit.json().at("/buildkit/text").asText()).startsWith("builds without Docker: buildctl at ");
        assertThat(noBuilder.exit()).isEqualTo(3);
        assertThat(noBuilder.json().at("/builder/remedy").asText()).contains("create-builder --name " + name);
    }
}
