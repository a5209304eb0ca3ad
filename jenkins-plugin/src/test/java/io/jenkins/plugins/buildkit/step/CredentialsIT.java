package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.AbortException;
import hudson.EnvVars;
import io.buildkitci.testbed.Testbed;
import io.jenkins.plugins.buildkit.credentials.KeptCredentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real builds with credentials of Jenkins, on an agent whose person has a Docker configuration of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsIT {
    private static final Testbed TESTBED = Testbed.here();

    private final EnvVars environment = new EnvVars();
    private GuardedRegistry registry;
    private GuardedRegistry persons;
    private Path directory = Path.of("");
    private Path home = Path.of("");
    private String mark = "";

    @BeforeAll
    void makeRegistriesAndABuilder(@TempDir Path temporary) throws Exception {
        registry = GuardedRegistry.start(temporary.resolve("registry"));
        persons = GuardedRegistry.start(temporary.resolve("persons"));
        home = temporary.resolve("home");
        Path docker = Files.createDirectories(home.resolve(".docker"));
        Files.writeString(
                docker.resolve("config.json"), """
                {"auths": {"%s": {"auth": "%s"}}, "credHelpers": {"%s": "missing"}}
                """.formatted(persons.host(), GuardedRegistry.auth(), registry.host()));
        environment.put("HOME", home.toString());
        environment.put("BUILDKIT_CI_BUILDX", TESTBED.buildx().toString());
        environment.put("DOCKER_HOST", TESTBED.dockerHost());
        environment.put("PATH", System.getenv("PATH"));
        String buildx = TESTBED.buildx().toString();
        Agents.run(environment, buildx, "create", "--name", "own", "--driver", "remote", TESTBED.buildkitAddress());
        Agents.run(environment, buildx, "imagetools", "create", "--tag", persons.host() + "/base:1", TESTBED.base());
    }

    @AfterAll
    void end() {
        registry.close();
        persons.close();
    }

    @BeforeEach
    void makeAWorkspace(@TempDir Path temporary) throws Exception {
        mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        directory = Files.createDirectories(temporary.resolve("agent with blanks and ümlaut"));
        Files.createDirectories(PlayedPipeline.workspace(directory));
    }

    private PlayedPipeline pipeline(String dockerfile, Map<String, ?> arguments) throws Exception {
        Files.writeString(PlayedPipeline.workspace(directory).resolve("Dockerfile"), dockerfile);
        return new PlayedPipeline(directory, environment, Steps.build(arguments)).start();
    }

    private List<String> left() {
        Path workspace = PlayedPipeline.workspace(directory);
        return Agents.files(workspace.resolveSibling(workspace.getFileName() + "@tmp")).stream()
                .filter(file -> !file.endsWith(".lock"))
                .toList();
    }

    private String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    @BeforeAll
    static void startJenkins() {
        PlayedJenkins.with("");
    }

    @Test
    void pushesWithCredentialsWhileThePersonsBuildersAndLoginsStayUsable() throws Throwable {
        String id = KeptCredentials.userAndPassword(GuardedRegistry.USER, GuardedRegistry.PASSWORD);
        PlayedPipeline pipeline;
        BuildResult image;
        try (SeenArguments password = new SeenArguments(GuardedRegistry.PASSWORD);
                SeenArguments auth = new SeenArguments(GuardedRegistry.auth())) {
            pipeline = pipeline(
                    "FROM " + persons.host() + "/base:1\nRUN echo " + mark + "\n",
                    Map.of(
                            "platforms",
                            List.of("linux/amd64", "linux/386"),
                            "tags",
                            List.of(registry.host() + "/app:" + mark),
                            "push",
                            true,
                            "builder",
                            "own",
                            "registryCredentialsId",
                            id));
            pipeline.awaitLog("| " + mark);
            assertThat(new String(pipeline.serialised(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(GuardedRegistry.PASSWORD)
                    .doesNotContain(GuardedRegistry.auth());
            image = (BuildResult) pipeline.result();
            assertThat(password.seen()).isEmpty();
            assertThat(auth.seen()).isEmpty();
        }

        assertThat(registry.status("/v2/app/manifests/" + image.getDigest())).isEqualTo(200);
        assertThat(image.getPlatforms()).containsOnlyKeys("linux/amd64", "linux/386");
        assertThat(image.getPlatforms().get("linux/386")).startsWith("sha256:");
        assertThat(CredentialsProvider.tracked()).contains("a job#1 " + id);
        assertThat(pipeline.log()).doesNotContain(GuardedRegistry.PASSWORD);
        assertThat(left()).isEmpty();
        assertThat(Agents.files(home)).noneMatch(file -> file.contains("credentials"));
    }

    /** As {@code docker.withRegistry} makes them: a configuration beside the workspace, with the login and nothing else. */
    @Test
    void insideOfWithRegistryItsLoginCountsAndThePersonsBuildersStayUsable() throws Throwable {
        Path login = Files.createDirectories(PlayedPipeline.workspace(directory)
                .resolveSibling(PlayedPipeline.workspace(directory).getFileName() + "@tmp")
                .resolve(UUID.randomUUID().toString()));
        Files.writeString(login.resolve("config.json"), """
                {"auths": {"%s": {"auth": "%s"}}}
                """.formatted(registry.host(), GuardedRegistry.auth()));
        Files.writeString(
                PlayedPipeline.workspace(directory).resolve("Dockerfile"),
                "FROM " + TESTBED.base() + "\nRUN echo " + mark + "\n");
        EnvVars inside = new EnvVars(environment);
        inside.put("DOCKER_CONFIG", login.toString());

        PlayedPipeline pipeline = new PlayedPipeline(
                        directory,
                        inside,
                        Steps.build(Map.of("tags", registry.host() + "/app:" + mark, "push", true, "builder", "own")))
                .start();
        BuildResult image = (BuildResult) pipeline.result();

        assertThat(registry.status("/v2/app/manifests/" + image.getDigest())).isEqualTo(200);
        assertThat(left())
                .containsExactlyInAnyOrder(
                        login.toString(), login.resolve("config.json").toString());
    }

    @Test
    void aWrongPasswordIsOneFailureWithoutIt() throws Throwable {
        String wrong = "wrong-" + mark;
        PlayedPipeline pipeline = pipeline(
                "FROM " + TESTBED.base() + "\nRUN echo " + mark + "\n",
                Map.of(
                        "tags",
                        registry.host() + "/app:" + mark,
                        "push",
                        true,
                        "builder",
                        "own",
                        "registryCredentialsId",
                        KeptCredentials.userAndPassword(GuardedRegistry.USER, wrong)));

        Throwable failure = pipeline.failure();

        assertThat(failure).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage())
                .contains(registry.host())
                .contains("->")
                .doesNotContain(wrong);
        assertThat(pipeline.log()).doesNotContain(wrong);
        assertThat(left()).isEmpty();
    }

    @Test
    void everythingThatIsWrongWithCredentialsIsToldAtOnceAndNothingIsRun() throws Throwable {
        String text = KeptCredentials.text("some text");
        String user = KeptCredentials.userAndPassword("u", "p");
        PlayedPipeline pipeline = pipeline(
                "FROM scratch\n",
                Map.of(
                        "platforms",
                        "linux/foo",
                        "registryCredentialsId",
                        text,
                        "secrets",
                        List.of(
                                Map.of("id", "a", "credentialsId", "nobody-knows"),
                                Map.of("id", "a b", "credentialsId", text)),
                        "ssh",
                        List.of(Map.of("id", "default", "credentialsId", user))));

        Throwable failure = pipeline.failure();

        assertThat(failure).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage())
                .contains("5 parameters are wrong; nothing was run")
                .contains("platforms: 'linux/foo'")
                .contains("registryCredentialsId: '" + text
                        + "': these credentials are a secret text, not a username with password")
                .contains("secrets: 'nobody-knows': there are no credentials of this id that this job may use")
                .contains("secrets: 'a b': an id has letters")
                .contains("ssh: '" + user + "': these credentials are a username with password, not an SSH key");
        assertThat(left()).isEmpty();
    }

    @Test
    void stepsReadSecretsOfEveryKindAndNobodyElseDoes() throws Throwable {
        String text = "t3xt-" + mark;
        byte[] binary = ("f1le-" + mark + "\n\0").getBytes(StandardCharsets.ISO_8859_1);
        binary[binary.length - 1] = (byte) 0xff;
        String password = "p4ss-" + mark;
        PlayedPipeline pipeline;
        try (SeenArguments ofText = new SeenArguments(text);
                SeenArguments ofPassword = new SeenArguments(password)) {
            pipeline = pipeline(
                    """
                    FROM %s
                    RUN --mount=type=secret,id=text --mount=type=secret,id=file --mount=type=secret,id=user \
                        cat /run/secrets/text /run/secrets/user; sha256sum /run/secrets/*; sleep 4; cat /run/secrets/*; echo %s
                    """.formatted(TESTBED.base(), mark),
                    Map.of(
                            "builder",
                            "own",
                            "secrets",
                            List.of(
                                    Map.of("id", "text", "credentialsId", KeptCredentials.text(text)),
                                    Map.of("id", "file", "credentialsId", KeptCredentials.file(binary)),
                                    Map.of(
                                            "id",
                                            "user",
                                            "credentialsId",
                                            KeptCredentials.userAndPassword("somebody", password)))));
            pipeline.awaitLog(sha256(text.getBytes(StandardCharsets.UTF_8)));
            assertThat(new String(pipeline.serialised(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(text)
                    .doesNotContain(password)
                    .doesNotContain("f1le-");

            pipeline.restart();

            assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
            assertThat(ofText.seen()).isEmpty();
            assertThat(ofPassword.seen()).isEmpty();
        }
        assertThat(pipeline.log())
                .contains(sha256(binary))
                .contains(sha256(("somebody:" + password).getBytes(StandardCharsets.UTF_8)))
                .doesNotContain(text)
                .doesNotContain(password)
                .doesNotContain("f1le-" + mark);
        assertThat(left()).isEmpty();
    }

    @Test
    void stepsUseAKeyByTheirAgent() throws Throwable {
        Path key = directory.resolve("key");
        Agents.run(environment, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        String text = Files.readString(key);
        String fingerprint = Files.readString(key.resolveSibling("key.pub")).split(" ", -1)[1];
        Programs.put(
                Path.of("/usr/bin/ssh-add"), PlayedPipeline.workspace(directory).resolve("root"));
        PlayedPipeline pipeline = pipeline(
                """
                FROM %s
                COPY root/ /
                RUN --mount=type=ssh ssh-add -L && echo %s
                """.formatted(TESTBED.base(), mark),
                Map.of(
                        "builder",
                        "own",
                        "ssh",
                        List.of(Map.of("id", "default", "credentialsId", KeptCredentials.key(text.strip())))));

        assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
        assertThat(pipeline.log())
                .contains(fingerprint)
                .doesNotContain(text.lines().toList().get(2));
        assertThat(left()).isEmpty();
    }
}
