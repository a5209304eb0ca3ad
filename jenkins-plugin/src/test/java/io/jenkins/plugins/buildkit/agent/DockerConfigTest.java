package io.jenkins.plugins.buildkit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes and shells")
class DockerConfigTest {
    @TempDir
    private Path base;

    /** Puts a mark in front. */
    private record Marked(String mark) implements TextChange {
        @Override
        public String apply(String text) throws IOException {
            if (text.equals("broken")) {
                throw new IOException("broken: " + text);
            }
            return mark + text;
        }
    }

    private Agent agent(UnaryOperator<Launcher> decoration) throws Exception {
        Path workspace = Files.createDirectories(base.resolve("a job"));
        EnvVars environment = new EnvVars("HOME", base.resolve("home").toString(), "PATH", "/usr/bin:/bin");
        Launcher launcher = new Launcher.RemoteLauncher(TaskListener.NULL, new CountingChannel(), true);
        return Agent.of(
                new FilePath(new CountingChannel(), workspace.toString()), decoration.apply(launcher), environment);
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.buildkit.agent.AgentTest#launchers")
    void aCopyHasAFileOfItsOwnAndAllElseOfThePersons(UnaryOperator<Launcher> decoration) throws Exception {
        Path persons = Files.createDirectories(base.resolve("home/.docker"));
        Files.writeString(persons.resolve("config.json"), "{}");
        Files.createDirectories(persons.resolve("contexts/meta"));
        Agent agent = agent(decoration);
        Workspace workspace = agent.tools().workspaces().open();

        Map<String, String> variables = agent.withDockerConfig(workspace, new Marked("first "));
        agent.withDockerConfig(workspace, new Marked("again "));

        Path copy = Path.of(variables.get("DOCKER_CONFIG"));
        assertThat(copy).startsWith(workspace.path());
        assertThat(variables)
                .containsEntry("BUILDX_CONFIG", persons.resolve("buildx").toString());
        assertThat(copy.resolve("config.json")).hasContent("first {}");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(copy.resolve("config.json"), LinkOption.NOFOLLOW_LINKS)))
                .isEqualTo("rw-------");
        assertThat(copy.resolve("contexts/meta")).isDirectory();
        workspace.close();
        assertThat(persons.resolve("contexts/meta")).isDirectory();
        assertThat(workspace.path()).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.buildkit.agent.AgentTest#launchers")
    void aPersonNeedsNoConfiguration(UnaryOperator<Launcher> decoration) throws Exception {
        Agent agent = agent(decoration);
        try (Workspace workspace = agent.tools().workspaces().open()) {
            Map<String, String> variables = agent.withDockerConfig(workspace, new Marked("new"));

            assertThat(Path.of(variables.get("DOCKER_CONFIG"), "config.json")).hasContent("new");
        }
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.buildkit.agent.AgentTest#launchers")
    void aConfigurationThatCannotBeReadIsNamedAndNotRepeated(UnaryOperator<Launcher> decoration) throws Exception {
        Path persons = Files.createDirectories(base.resolve("home/.docker"));
        Files.writeString(persons.resolve("config.json"), "broken");
        Agent agent = agent(decoration);
        try (Workspace workspace = agent.tools().workspaces().open()) {
            assertThatThrownBy(() -> agent.withDockerConfig(workspace, new Marked("")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(persons + "/config.json cannot be read as Docker's configuration")
                    .hasMessageNotContaining("broken");
        }
    }
}
