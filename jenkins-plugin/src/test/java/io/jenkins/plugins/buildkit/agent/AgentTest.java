package io.jenkins.plugins.buildkit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.model.Driver;
import io.buildkitci.qemu.KernelEmulators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes and shells")
class AgentTest {
    private static final String PRIVATE = "bm90IGZvciB0aGUgY29udHJvbGxlcg==";

    private final CountingChannel channel = new CountingChannel();

    @TempDir
    Path base;

    private Path workspace;
    private Path home;
    private Path programs;

    /** Launchers by which an agent is looked at in one way and in the other. */
    static Stream<Named<UnaryOperator<Launcher>>> launchers() {
        return Stream.of(
                Named.of("by the agent's JVM", launcher -> launcher),
                Named.of("by a shell", launcher -> launcher.decorateByPrefix("env")));
    }

    private Launcher launcher() {
        return new Launcher.RemoteLauncher(TaskListener.NULL, channel, true);
    }

    private EnvVars environment() {
        return new EnvVars(
                "HOME", home.toString(),
                "PATH", programs + ":/usr/bin:/bin",
                "JOB_NAME", "folder/job",
                "BUILD_NUMBER", "7",
                "KEY", "two\nlines=a\n",
                "DOLLAR", "$HOME",
                "EMPTY", "");
    }

    private Agent agent(UnaryOperator<Launcher> decoration, EnvVars environment) throws Exception {
        FilePath directory = new FilePath(channel, workspace.toString());
        return Agent.of(directory, decoration.apply(launcher()), environment);
    }

    private static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static void program(Path file) throws IOException {
        assertThat(write(file, "#!/bin/sh\n").toFile().setExecutable(true)).isTrue();
    }

    @BeforeEach
    void someoneWorksHere() throws IOException {
        workspace = Files.createDirectories(base.resolve("Ünser job"));
        home = Files.createDirectories(base.resolve("ho me"));
        programs = Files.createDirectories(base.resolve("pro grams"));
        write(
                home.resolve(".docker/config.json"),
                "{\n\t\"auths\": {\"r\": {\"auth\": \"" + PRIVATE + "\"}},\n\t\"currentContext\": \"far-away\"\n}\n");
        write(
                home.resolve(".docker/buildx/instances/ci"),
                "{\"Name\":\"ci\",\"Driver\":\"docker-container\",\"Nodes\":[{\"Name\":\"ci0\",\"Endpoint\":\"far-away\","
                        + "\"Platforms\":null,\"DriverOpts\":{\"env.TOKEN\":\"" + PRIVATE
                        + "\"},\"Flags\":[\"--debug\"],\"Files\":{\"buildkitd.toml\":\"" + PRIVATE + "\"}}],"
                        + "\"Dynamic\":false}");
        write(home.resolve(".docker/buildx/instances/other"), "{\"Name\":\"other\",\"Driver\":\"remote\"}");
        write(home.resolve(".docker/buildx/current"), "{\"Key\":\"far-away\",\"Name\":\"ci\",\"Global\":false}");
        program(programs.resolve("docker"));
        program(home.resolve(".docker/cli-plugins/docker-buildx"));
        write(programs.resolve("buildx"), "no program");
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void whatTheEngineLooksUpIsKnownAfterOneLook(UnaryOperator<Launcher> decoration) throws Exception {
        Agent agent = agent(decoration, environment());
        int look = channel.takeCalls();
        BuilderStore store = new BuilderStore(agent.tools().files(), agent.clients());

        assertThat(look).isIn(1, 4);
        assertThat(new BuildxFinder(agent.tools().files(), agent.clients()).find(agent.buildxProgram()))
                .isEqualTo(new BuildxFinder.Found(List.of(home + "/.docker/cli-plugins/docker-buildx")));
        assertThat(store.current()).contains("ci");
        assertThat(store.driverOf(Optional.of("ci"))).contains(Driver.DOCKER_CONTAINER);
        assertThat(store.driverOf(Optional.of("other"))).contains(Driver.REMOTE);
        assertThat(KernelEmulators.read(agent.tools().files())).isEqualTo(KernelEmulators.read(new LocalFiles()));
        assertThat(agent.outside().directory().test(".")).isTrue();
        assertThat(agent.outside().readableFile().test("./Dockerfile")).isFalse();
        assertThat(agent.tools().platform().architecture()).isNotEmpty();
        assertThat(channel.takeCalls()).as("round trips after the look").isZero();
    }

    private Path login() throws IOException {
        Path login = workspace.resolveSibling("Ünser job@tmp").resolve("4711");
        write(login.resolve("config.json"), "{\"auths\": {\"r\": {\"auth\": \"" + PRIVATE + "\"}}}");
        return login;
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void inALoginOfAnotherPluginThePersonsBuildersAndPluginsAreThere(UnaryOperator<Launcher> decoration)
            throws Exception {
        EnvVars inside = environment();
        inside.put("DOCKER_CONFIG", login().toString());
        Agent agent = agent(decoration, inside);
        BuilderStore store = new BuilderStore(agent.tools().files(), agent.clients());

        assertThat(agent.clients().dockerConfig()).isEqualTo(login());
        assertThat(agent.keptBuilders()).isEqualTo(Map.of("BUILDX_CONFIG", home + "/.docker/buildx"));
        assertThat(store.driverOf(Optional.of("other"))).contains(Driver.REMOTE);
        assertThat(new BuildxFinder(agent.tools().files(), agent.clients()).find(agent.buildxProgram()))
                .isEqualTo(new BuildxFinder.Found(List.of(home + "/.docker/cli-plugins/docker-buildx")));
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void buildersThatWereMadeInSuchALoginAreTaken(UnaryOperator<Launcher> decoration) throws Exception {
        write(login().resolve("buildx/instances/mine"), "{\"Name\":\"mine\",\"Driver\":\"remote\"}");
        EnvVars inside = environment();
        inside.put("DOCKER_CONFIG", login().toString());

        assertThat(agent(decoration, inside).keptBuilders()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void aConfigurationOfAPersonsOwnKeepsItsBuilders(UnaryOperator<Launcher> decoration) throws Exception {
        EnvVars own = environment();
        own.put("DOCKER_CONFIG", base.resolve("elsewhere").toString());

        assertThat(agent(decoration, own).keptBuilders()).isEmpty();
        own.put("DOCKER_CONFIG", login().toString());
        own.put("BUILDX_CONFIG", base.resolve("said").toString());
        assertThat(agent(decoration, own).clients().buildxConfig()).isEqualTo(base.resolve("said"));
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void nothingIsKnownWhereThereIsNothing(UnaryOperator<Launcher> decoration) throws Exception {
        EnvVars bare = new EnvVars(
                "HOME", base.resolve("none").toString(), "PATH", "/usr/bin:/bin", "DOCKER_HOST", "unix:///x");
        bare.put("DOCKER_CONFIG", base.resolve("none").toString());
        Agent agent = agent(decoration, bare);
        BuilderStore store = new BuilderStore(agent.tools().files(), agent.clients());

        assertThat(store.current()).contains("default");
        assertThat(store.driverOf(Optional.empty())).contains(Driver.DOCKER);
        assertThat(agent.clients().dockerHost()).contains("unix:///x");
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void aNamedProgramIsLookedForFirst(UnaryOperator<Launcher> decoration) throws Exception {
        EnvVars environment = environment();
        environment.put(Agent.PROGRAM, programs.resolve("my-buildx").toString());
        program(programs.resolve("my-buildx"));
        Agent agent = agent(decoration, environment);
        channel.takeCalls();

        assertThat(new BuildxFinder(agent.tools().files(), agent.clients()).find(agent.buildxProgram()))
                .isEqualTo(new BuildxFinder.Found(List.of(programs + "/my-buildx")));
        assertThat(channel.takeCalls()).isZero();
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void theEnvironmentIsThatOfTheStepsProcesses(UnaryOperator<Launcher> decoration) throws Exception {
        Map<String, String> environment = agent(decoration, environment()).environment();

        assertThat(environment)
                .containsEntry("KEY", "two\nlines=a\n")
                .containsEntry("DOLLAR", "$HOME")
                .containsEntry("HOME", home.toString())
                .containsEntry("PATH", programs + ":/usr/bin:/bin")
                .doesNotContainKey("EMPTY")
                .doesNotContainKey("lines");
        assertThat(environment.keySet()).as("the agent's own").containsAll(List.of("JOB_NAME", "BUILD_NUMBER"));
    }

    @Test
    void theVariablesOfTheAgentItselfCountToo() throws Exception {
        Map<String, String> agents = new EnvVars(System.getenv());
        agents.keySet().removeAll(environment().keySet());

        assertThat(agent(launcher -> launcher, environment()).environment()).containsAllEntriesOf(agents);
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void credentialsStayWhereTheyAre(UnaryOperator<Launcher> decoration) throws Exception {
        Agent agent = agent(decoration, environment());

        assertThat(agent.tools().files().read(home.resolve(".docker/config.json")))
                .contains("{\"currentContext\":\"far-away\"}");
        assertThat(agent.tools().files().read(home.resolve(".docker/buildx/instances/ci")))
                .hasValueSatisfying(
                        builder -> assertThat(builder).contains("ci0").doesNotContain(PRIVATE));
    }

    @Test
    void aShellTellsWhatTheAgentsJvmTells() throws Exception {
        Agent one = agent(launcher -> launcher, environment());
        Agent other = agent(launcher -> launcher.decorateByPrefix("env"), environment());

        assertThat(other.clients()).isEqualTo(one.clients());
        assertThat(other.tools().platform()).isEqualTo(one.tools().platform());
        assertThat(other.clients().os()).isEqualTo(ClientEnvironment.Os.LINUX);
    }

    @Test
    void aContainerHasAnEnvironmentOfItsOwn() throws Exception {
        Path inside = Files.createDirectories(base.resolve("inside"));
        Path plugin = inside.resolve(".docker/cli-plugins/docker-buildx");
        program(plugin);
        Agent agent = agent(
                launcher -> launcher.decorateByPrefix("env", "-i", "PATH=/bin:/usr/bin", "HOME=" + inside),
                environment());

        assertThat(new BuildxFinder(agent.tools().files(), agent.clients()).find(agent.buildxProgram()))
                .isEqualTo(new BuildxFinder.Found(List.of(plugin.toString())));
        assertThat(agent.environment()).containsEntry("HOME", inside.toString()).doesNotContainKey("JOB_NAME");
        assertThat(agent.obstacle()).isEmpty();
    }

    @Test
    void aContainerInWhichNothingCanOutliveAConnectionIsKnownBeforehand() throws Exception {
        Path bin = Files.createDirectories(base.resolve("small"));
        for (String program : List.of("sh", "cat", "env", "grep", "sed", "uname")) {
            Files.createSymbolicLink(bin.resolve(program), Path.of("/bin", program));
        }
        Agent agent = agent(launcher -> launcher.decorateByPrefix("env", "-i", "PATH=" + bin), environment());

        assertThat(agent.obstacle()).get().asString().contains("no program 'nohup'", "-> add it");
    }

    @Test
    void aContainerWithoutAShellIsSaidSo() {
        assertThatThrownBy(() -> agent(launcher -> launcher.decorateByPrefix("/bin/false"), environment()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a shell in the step's surroundings");
    }

    @Test
    void aPrivateDirectoryLiesBesideTheWorkspace() throws Exception {
        Agent agent = agent(launcher -> launcher, environment());
        try (var directory = agent.tools().workspaces().open()) {
            assertThat(directory.path().getParent()).isEqualTo(base.resolve("Ünser job@tmp"));
            assertThat(directory.path().resolve(WorkspaceWork.OWNER)).hasContent("folder/job#7");
            agent.workspace(directory.path().toString()).close();
            assertThat(directory.path()).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Ünser job, ., /proc/self/cwd",
        "Ünser job, ./, /proc/self/cwd",
        "Ünser job, docker/.., /proc/self/cwd",
        "Ünser job, docker, docker",
        "Ünser job, https://example.org/r.git, https://example.org/r.git",
        "Ünser job, -, -",
        "my job, ., ."
    })
    void aContextThatBuildxCannotNameIsCalledInAnotherWay(String name, String typed, String told) throws Exception {
        workspace = Files.createDirectories(base.resolve(name));

        assertThat(agent(launcher -> launcher, environment()).context(typed)).isEqualTo(told);
    }

    @Test
    void valuesOfVariablesAreNotShown() throws Exception {
        EnvVars environment = environment();
        environment.put("TOKEN", "s3cr3t");
        Sight sight = Sight.parse(List.of(), environment);

        assertThat(sight.toString()).contains("TOKEN").doesNotContain("s3cr3t");
    }
}
