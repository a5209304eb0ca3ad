package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;

import io.buildkitci.action.it.Workflows.Workflow;
import io.buildkitci.testbed.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A runner of GitHub on this machine, by act: steps run as processes here, in an environment that is the test's own, and
 * there is no internet. What workflows find elsewhere is here: our actions as a release has them, a stand-in for
 * docker/login-action, a registry that builders reach, base images in it, and act's own cache service.
 */
final class GitHubRunner implements AutoCloseable {
    private static final List<String> ACTIONS =
            List.of("action.yml", "setup-qemu", "create-builder", "build-push", "bake", "dist");

    private static final String LOGIN = """
            name: Stands in for docker/login-action, which keeps a login in the same file
            inputs: { registry: {}, username: {}, password: {} }
            runs: { using: node24, main: main.cjs }
            """;
    private static final String LOGIN_MAIN = """
            const { DOCKER_CONFIG, INPUT_REGISTRY, INPUT_USERNAME, INPUT_PASSWORD } = process.env;
            const auth = Buffer.from(`${INPUT_USERNAME}:${INPUT_PASSWORD}`).toString('base64');
            require('fs').mkdirSync(DOCKER_CONFIG, { recursive: true });
            require('fs').writeFileSync(`${DOCKER_CONFIG}/config.json`, JSON.stringify({ auths: { [INPUT_REGISTRY]: { auth } } }));
            """;

    private final CommandLine environment;
    private final Relay relay;

    GitHubRunner() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("act-");
        this.environment = CommandLine.in(folder, TESTBED.buildx())
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("ACT_DISABLE_VERSION_CHECK", "1");
        int registry =
                Integer.parseInt(TESTBED.registry().substring(TESTBED.registry().indexOf(':') + 1));
        this.relay = new Relay(bridge(), registry);
        release(folder.resolve("release"));
        Files.createDirectories(folder.resolve("login"));
        Files.writeString(folder.resolve("login/action.yml"), LOGIN);
        Files.writeString(folder.resolve("login/main.cjs"), LOGIN_MAIN);
        configureBuilders(folder.resolve("buildx"));
    }

    /** The address of this machine that containers reach. */
    private String bridge() throws IOException, InterruptedException {
        return environment
                .docker("network", "inspect", "bridge", "--format", "{{range .IPAM.Config}}{{.Gateway}}{{end}}")
                .out()
                .strip();
    }

    /** As much of the commit that a release tag points at as the runner reads. */
    private static void release(Path folder) throws IOException {
        for (String name : ACTIONS) {
            try (Stream<Path> files = Files.walk(Workflows.ROOT.resolve(name))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = folder.resolve(Workflows.ROOT.relativize(file));
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
        Files.copy(
                Workflows.ROOT.resolve("github-action/target/buildkit-ci.jar"), folder.resolve("dist/buildkit-ci.jar"));
    }

    /** Buildx's own defaults for builders of this machine: plain HTTP to the registry, and Docker Hub mirrored in it. */
    private void configureBuilders(Path buildx) throws IOException, InterruptedException {
        String hub = TESTBED.registry() + "/hub/library/busybox:1.37";
        Said copied = environment.buildx("imagetools", "create", "--tag", hub, TESTBED.base());
        if (copied.exit() != 0) {
            throw new AssertionError("no base image: " + copied);
        }
        Files.writeString(buildx.resolve("buildkitd.default.toml"), """
                [registry."docker.io"]
                  mirrors = ["%1$s/hub"]
                [registry."%1$s"]
                  http = true
                """.formatted(relay.address()));
    }

    /** A user's repository. */
    Repository repository(Map<String, String> files) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(environment.folder().resolve("work"), "repository-");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Repository repository = new Repository(directory, "acme/shop-" + CommandLine.fresh());
        repository.git("init", "--quiet", "--initial-branch", "main");
        repository.git("remote", "add", "origin", "https://github.com/" + repository.name());
        repository.git("add", "--all");
        repository.git(
                "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "First");
        return repository;
    }

    /** One whose owner has pushed to main. */
    final class Repository {
        private final Path directory;
        private final String name;

        private Repository(Path directory, String name) {
            this.directory = directory;
            this.name = name;
        }

        String name() {
            return name;
        }

        /** Where its workflows push to, as this machine names it. */
        String image(String suffix) {
            return TESTBED.registry() + "/" + name + suffix;
        }

        private void git(String... arguments) throws IOException, InterruptedException {
            List<String> words = new ArrayList<>(List.of("-C", directory.toString()));
            words.addAll(List.of(arguments));
            Said said = environment.program(Path.of("git"), words.toArray(String[]::new));
            if (said.exit() != 0) {
                throw new AssertionError(said);
            }
        }

        /** Runs a workflow to its end; secrets are shown in the log, so that one that a step prints is seen. */
        WorkflowRun push(Workflow workflow, Map<String, String> secrets) throws IOException, InterruptedException {
            Path folder = environment.folder();
            Path file = directory.resolve(".github/workflows/workflow.yml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, workflow.text());
            Path event = folder.resolve("work/event.json");
            Files.writeString(event, event());
            List<String> words = new ArrayList<>(List.of("push", "--json", "--insecure-secrets"));
            words.addAll(List.of("--directory", directory.toString(), "--workflows", file.toString()));
            words.addAll(List.of("--eventpath", event.toString(), "--concurrent-jobs", "1"));
            words.addAll(List.of("--platform", "ubuntu-latest=-self-hosted", "--platform", "self-hosted=-self-hosted"));
            words.addAll(List.of("--local-repository", "OWNER/REPO@v1=" + folder.resolve("release")));
            words.addAll(List.of("--local-repository", "docker/login-action@v4=" + folder.resolve("login")));
            words.addAll(
                    List.of("--action-cache-path", folder.resolve("actions").toString()));
            words.addAll(services(folder));
            words.addAll(List.of("--var", "REGISTRY=" + relay.address()));
            secrets.forEach((name, value) -> words.addAll(List.of("--secret", name + "=" + value)));
            return WorkflowRun.from(environment.program(TESTBED.act(), words.toArray(String[]::new)));
        }

        private String event() {
            return """
                {"ref": "refs/heads/main",
                 "repository": {"name": "%s", "full_name": "%s", "default_branch": "main", "private": false}}
                """.formatted(name.substring(name.indexOf('/') + 1), name);
        }
    }

    /** The cache service is of use with the token only that comes with the artifact service. */
    private List<String> services(Path folder) throws IOException {
        String address = relay.address().substring(0, relay.address().indexOf(':'));
        return List.of(
                "--cache-server-path", folder.resolve("cache").toString(),
                "--cache-server-addr", address,
                "--artifact-server-path", folder.resolve("artifacts").toString(),
                "--artifact-server-addr", address,
                "--artifact-server-port", Integer.toString(FreePorts.next()));
    }

    /** Containers and volumes of the engine whose name has this text. */
    List<String> inEngine(String text) throws IOException, InterruptedException {
        Stream<String> containers =
                environment.docker("container", "ls", "--all", "--format", "{{.Names}}").lines().stream();
        Stream<String> volumes = environment.docker("volume", "ls", "--format", "{{.Name}}").lines().stream();
        return Stream.concat(containers, volumes)
                .filter(name -> name.contains(text))
                .toList();
    }

    CommandLine environment() {
        return environment;
    }

    @Override
    public void close() throws IOException {
        relay.close();
        Builder.delete(environment.folder());
    }
}
