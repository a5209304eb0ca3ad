package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets, keys and caches that steps mount arrive in them whole. */
class HandedIT {
    @AutoClose
    private static final Builder BUILDER = Builder.of(Driver.DOCKER_CONTAINER);

    private final Path out = BUILDER.folder().resolve("out-" + CommandLine.fresh());
    private final String[] toOut = {"--outputs", "type=local,dest=" + out};

    static List<Path> buildxes() {
        return List.of(CommandLine.TESTBED.buildx(), CommandLine.TESTBED.oldBuildx());
    }

    @ParameterizedTest
    @MethodSource("buildxes")
    void everyKindOfSecretArrives(Path buildx) throws Exception {
        String lines = "-----BEGIN KEY-----\nab, \"c\" = d  \n-----END KEY-----\n";
        String large = "0123456789abcdef".repeat(4000);
        Path file = Files.writeString(BUILDER.folder().resolve("netrc"), "machine it\n\tlogin \u00e9\n");
        String mounts = Stream.of("plain", "lines", "large", "variable", "file")
                .map("--mount=type=secret,required=true,id=%s"::formatted)
                .reduce("", (all, mount) -> all + " " + mount);
        Path context = BUILDER.context("""
                FROM BASE AS seen
                RUN%s cd /run/secrets && echo %s && sha256sum plain lines large variable file > /sums
                FROM scratch
                COPY --from=seen /sums /sums
                """.formatted(mounts, CommandLine.fresh()));

        CommandLine with = BUILDER.through(buildx)
                .with(
                        "BUILDKIT_CI_SECRETS",
                        "plain=pa=ss,word\n\"lines=" + lines.replace("\"", "\"\"") + "\"\nlarge=" + large)
                .with("IT_TOKEN", "from the environment");
        Said said = BUILDER.build(
                with,
                context,
                toOut[0],
                toOut[1],
                "--secret-envs",
                "variable=IT_TOKEN",
                "--secret-files",
                "file=" + file);

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(Files.readAllLines(out.resolve("sums")))
                .containsExactly(
                        sum("pa=ss,word", "plain"),
                        sum(lines, "lines"),
                        sum(large, "large"),
                        sum("from the environment", "variable"),
                        sum("machine it\n\tlogin \u00e9\n", "file"));
        assertThat(said.out() + said.err()).doesNotContain("pa=ss,word", "END KEY", large.substring(0, 64));
    }

    private static String sum(String text, String name) {
        String digest = Registry.digest(text.getBytes(StandardCharsets.UTF_8));
        return digest.substring(digest.indexOf(':') + 1) + "  " + name;
    }

    @Test
    void anAgentAnswersInAStep() throws Exception {
        SshKey key = SshKey.in(BUILDER.folder(), BUILDER.commandLine());
        Said agent = BUILDER.commandLine().program(Path.of("/usr/bin/ssh-agent"), "-s");
        try {
            CommandLine with = BUILDER.commandLine().with("SSH_AUTH_SOCK", variable(agent, "SSH_AUTH_SOCK"));
            Said added = with.program(Path.of("/usr/bin/ssh-add"), key.file().toString());
            Said said = BUILDER.build(with, withSshAdd(), toOut[0], toOut[1], "--ssh", "default");

            assertThat(added.exit()).as(added.toString()).isZero();
            assertThat(said.exit()).as(said.toString()).isZero();
            assertThat(Files.readString(out.resolve("keys"))).isEqualTo(key.publicLine());
        } finally {
            BUILDER.commandLine().program(Path.of("/bin/kill"), variable(agent, "SSH_AGENT_PID"));
        }
    }

    @Test
    void aKeyFileBecomesAnAgentInAStep() throws Exception {
        SshKey key = SshKey.in(BUILDER.folder(), BUILDER.commandLine());

        Said said = BUILDER.build(withSshAdd(), toOut[0], toOut[1], "--ssh", "default=" + key.file());

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(Files.readString(out.resolve("keys")).split(" ", -1)[1]).isEqualTo(key.publicKey());
    }

    @Test
    void anAgentThatIsNotThereIsABadInput() throws Exception {
        Said said = BUILDER.build(BUILDER.context("FROM BASE\n"), "--ssh", "default");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--ssh", "SSH_AUTH_SOCK is not set");
    }

    private static String variable(Said agent, String name) {
        return agent.out()
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1, line.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no agent: " + agent));
    }

    private static Path withSshAdd() throws Exception {
        Path context = BUILDER.context(SshKey.LISTS_KEYS.formatted(CommandLine.fresh()));
        SshKey.addLister(context, BUILDER.commandLine());
        return context;
    }

    @Test
    void aCacheMountKeepsItsContentBetweenBuilds() throws Exception {
        String cache = "it-" + CommandLine.fresh();
        String dockerfile = """
                FROM BASE AS seen
                ARG ROUND
                RUN --mount=type=cache,id=%s,target=/kept echo $ROUND >> /kept/rounds && cp /kept/rounds /rounds
                FROM scratch
                COPY --from=seen /rounds /rounds
                """.formatted(cache);
        Path context = BUILDER.context(dockerfile);

        for (String round : List.of("one", "two")) {
            Said said = BUILDER.build(context, toOut[0], toOut[1], "--build-args", "ROUND=" + round);
            assertThat(said.exit()).as(said.toString()).isZero();
        }

        assertThat(Files.readAllLines(out.resolve("rounds"))).containsExactly("one", "two");
    }
}
