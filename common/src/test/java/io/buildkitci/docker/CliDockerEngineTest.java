package io.buildkitci.docker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.docker.DockerEngine.Answer;
import io.buildkitci.docker.DockerEngine.Info;
import io.buildkitci.docker.DockerEngine.Ran;
import io.buildkitci.docker.DockerEngine.Unreachable;
import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliDockerEngineTest {
    private static final String NO_DAEMON =
            "Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?";

    static java.util.stream.Stream<Arguments> outputs() {
        return java.util.stream.Stream.of(
                arguments(
                        "docker-info-28.5.2",
                        new Info(
                                "28.5.2+dfsg4",
                                "Debian GNU/Linux 12 (bookworm)",
                                "linux",
                                "x86_64",
                                true,
                                false,
                                EngineProduct.DOCKER)),
                arguments(
                        "handwritten-desktop",
                        new Info(
                                "28.5.1",
                                "Docker Desktop",
                                "linux",
                                "aarch64",
                                true,
                                false,
                                EngineProduct.DOCKER_DESKTOP)),
                arguments(
                        "handwritten-desktop-windows-containers",
                        new Info(
                                "28.5.1",
                                "Microsoft Windows Version 23H2 (OS Build 22631.4317)",
                                "windows",
                                "x86_64",
                                false,
                                false,
                                EngineProduct.DOCKER)),
                arguments(
                        "handwritten-colima",
                        new Info("27.1.1", "Ubuntu 24.04 LTS", "linux", "aarch64", false, false, EngineProduct.COLIMA)),
                arguments(
                        "handwritten-colima-profile",
                        new Info(
                                "28.4.0", "Ubuntu 24.04.3 LTS", "linux", "x86_64", false, false, EngineProduct.COLIMA)),
                arguments(
                        "handwritten-rancher-desktop-macos",
                        new Info(
                                "26.1.5",
                                "Alpine Linux v3.20",
                                "linux",
                                "aarch64",
                                false,
                                false,
                                EngineProduct.RANCHER_DESKTOP)),
                arguments(
                        "handwritten-rancher-desktop-windows",
                        new Info(
                                "26.1.5",
                                "Rancher Desktop WSL Distribution",
                                "linux",
                                "x86_64",
                                false,
                                false,
                                EngineProduct.RANCHER_DESKTOP)),
                arguments(
                        "handwritten-orbstack",
                        new Info("28.3.3", "OrbStack", "linux", "aarch64", false, false, EngineProduct.ORBSTACK)),
                arguments(
                        "handwritten-lima",
                        new Info("28.5.1", "Ubuntu 25.04", "linux", "aarch64", true, true, EngineProduct.LIMA)),
                arguments(
                        "docker-info-podman-4.3.1",
                        new Info("4.3.1", "debian", "linux", "amd64", false, false, EngineProduct.PODMAN)),
                arguments(
                        "handwritten-rootless",
                        new Info("27.3.1", "Ubuntu 24.04 LTS", "linux", "x86_64", false, true, EngineProduct.DOCKER)),
                arguments(
                        "handwritten-windows",
                        new Info(
                                "28.1.1",
                                "Microsoft Windows Server Version 21H2",
                                "windows",
                                "x86_64",
                                false,
                                false,
                                EngineProduct.DOCKER)),
                arguments(
                        "handwritten-old-unreachable",
                        new Unreachable("Cannot connect to the Docker daemon at unix:///var/run/docker.sock."
                                + " Is the docker daemon running?")));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void readsWhatTheCommandLinePrints(String file, Answer expected) throws Exception {
        assertThat(said(0, recorded(file), "").info()).isEqualTo(expected);
    }

    @Test
    void takesTheCommandLinesOwnWordsWhenNoEngineAnswers() throws Exception {
        assertThat(said(1, recorded("docker-info-28.2.2-unreachable"), NO_DAEMON)
                        .info())
                .isEqualTo(new Unreachable(NO_DAEMON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "template: :1: unclosed action", "{\"host\": {\"arch\": \"amd64\"}}", "[1]", "{\"Server"})
    void isUnreachableWhenTheAnswerIsNotAnEngines(String out) throws Exception {
        assertThat(said(0, out, "").info()).isInstanceOf(Unreachable.class);
    }

    @Test
    void isUnreachableWhenThereIsNoCommandLineOrItHangs() throws Exception {
        assertThat(ended(new Outcome.NotStarted("No such file or directory")).info())
                .isEqualTo(new Unreachable("docker could not be started: No such file or directory"));
        assertThat(ended(new Outcome.TimedOut(Duration.ofSeconds(30))).info())
                .isEqualTo(new Unreachable("docker did not answer within 30 s"));
    }

    @Test
    void keepsGlobalOptionsAndLetsNoImageBeTakenForAnOption() throws Exception {
        List<List<String>> calls = new ArrayList<>();
        DockerEngine engine = new CliDockerEngine(
                (command, output) -> {
                    calls.add(command.argv());
                    return new Outcome.Exited(0);
                },
                List.of("docker", "--context", "remote"));

        engine.info();
        engine.runPrivileged("--evil", List.of("--install", "arm64"));

        assertThat(calls)
                .containsExactly(
                        List.of("docker", "--context", "remote", "info", "--format", "{{json .}}"),
                        List.of(
                                "docker",
                                "--context",
                                "remote",
                                "run",
                                "--rm",
                                "--privileged",
                                "--",
                                "--evil",
                                "--install",
                                "arm64"));
    }

    @Test
    void tellsAContainersStatusFromAContainerThatDidNotStart() throws Exception {
        assertThat(said(1, "out", "err").runPrivileged("i", List.of()))
                .isEqualTo(new Ran(java.util.Optional.of(1), "out\nerr\n"));
        assertThat(said(125, "", "pull access denied").runPrivileged("i", List.of()))
                .isEqualTo(new Ran(java.util.Optional.empty(), "pull access denied\n"));
        assertThat(ended(new Outcome.NotStarted("gone")).runPrivileged("i", List.of()))
                .isEqualTo(new Ran(java.util.Optional.empty(), "docker could not be started: gone\n"));
    }

    private static DockerEngine said(int status, String out, String err) {
        return new CliDockerEngine(new Saying(new Outcome.Exited(status), out, err), List.of("docker"));
    }

    private static DockerEngine ended(Outcome outcome) {
        return new CliDockerEngine(new Saying(outcome, "", ""), List.of("docker"));
    }

    private record Saying(Outcome outcome, String out, String err) implements ProcessRunner {
        @Override
        public Outcome run(Command command, LineListener output) {
            out.lines().forEach(line -> output.line(Stream.OUT, line));
            err.lines().forEach(line -> output.line(Stream.ERR, line));
            return outcome;
        }
    }

    private static String recorded(String name) throws IOException {
        try (InputStream in =
                requireNonNull(CliDockerEngineTest.class.getResourceAsStream("/docker/" + name + ".json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
