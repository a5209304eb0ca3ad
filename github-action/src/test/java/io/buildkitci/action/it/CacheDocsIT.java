package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.testbed.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code docs/cache.md} tells people to type is typed: only the directory, the port and the host are this test's. */
class CacheDocsIT {
    private static final Path DOCS = Workflows.ROOT.resolve("docs/cache.md");
    private static final Pattern SNIPPET = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    @AutoClose
    private static final TwoBuilders BUILDERS = new TwoBuilders("""
            FROM BASE
            RUN echo %s > /first
            RUN cp /first /second
            """);

    private final int port = FreePorts.next();
    private Path folder = Path.of("");
    private List<String> snippets = List.of();

    CacheDocsIT() throws IOException {}

    @BeforeEach
    void read() throws Exception {
        folder = Files.createTempDirectory(BUILDERS.commandLine().folder(), "docs-");
        BUILDERS.commandLine().install(folder.resolve("bin/buildkit-ci"));
        snippets = SNIPPET.matcher(Files.readString(DOCS))
                .results()
                .map(snippet -> here(snippet.group(1)))
                .toList();
    }

    private String here(String snippet) {
        return snippet.replace(
                        "/var/lib/buildkit-ci-cache", folder.resolve("cache").toString())
                .replace("cache.example:", "127.0.0.1:")
                .replace(":8321", ":" + port);
    }

    /** A shell on a machine where the command line is installed. */
    private CommandLine shell(Builder builder, Path context) throws Exception {
        String path = builder.commandLine().environment().get("PATH");
        return builder.commandLine()
                .with("PATH", folder.resolve("bin") + ":" + TESTBED.dockerCli().getParent() + ":" + path)
                .with("BUILDKIT_CI_BUILDER", builder.name())
                .with("BUILDX_BUILDER", builder.name())
                .with("BUILDKIT_PROGRESS", "plain")
                .inDirectory(context);
    }

    private Said type(Builder builder, Path context, String snippet) throws Exception {
        Said said = shell(builder, context).program(Path.of("/bin/sh"), "-euc", snippet);
        assertThat(said.exit()).as(said.toString()).isZero();
        return said;
    }

    private String snippet(String part) {
        return snippets.stream()
                .filter(snippet -> snippet.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no snippet with " + part + " in " + DOCS));
    }

    private Running served(String... more) throws Exception {
        String serve = "exec " + snippet("cache serve").strip() + " " + String.join(" ", more);
        Running service = shell(BUILDERS.writer(), folder).startProgram(Path.of("/bin/sh"), "-euc", serve);
        service.awaitErr("kept in " + folder.resolve("cache"));
        return service;
    }

    @Test
    void oneBuilderReadsWhatAnotherHasWritten() throws Exception {
        try (Running service = served()) {
            Path context = BUILDERS.context();
            String build = snippet("--cache service=");

            assertThat(type(BUILDERS.writer(), context, build).out()).contains("(0 cached, 2 run)");
            assertThat(type(BUILDERS.reader(), context, build).out()).contains("(2 cached, 0 run)");
            service.signal("TERM");
            assertThat(service.end().exit()).isEqualTo(130);
        }
    }

    @Test
    void soDoesABuilderThatIsGivenItByHand() throws Exception {
        try (Running service = served()) {
            Path context = BUILDERS.context();
            String build = snippet("docker buildx build");

            assertThat(type(BUILDERS.writer(), context, build).err().lines())
                    .noneMatch(line -> line.endsWith(" CACHED"));
            assertThat(type(BUILDERS.reader(), context, build).err().lines())
                    .filteredOn(line -> line.endsWith(" CACHED"))
                    .hasSize(2);
            assertThat(service.handle().isAlive()).isTrue();
        }
    }

    /** The image of BuildKit is the one that buildx takes by itself. */
    @Test
    void buildersInContainersAreGivenAnAuthorityByTheirConfiguration() throws Exception {
        OwnAuthority authority = OwnAuthority.in(BUILDERS.commandLine());
        String token = snippet("--cache service=http:").lines().limit(2).collect(Collectors.joining("\n"));
        Path context = BUILDERS.writer()
                .context("FROM scratch\nCOPY Dockerfile /" + CommandLine.fresh() + "\nCOPY page /page\n");
        TwoBuilders.page(context, "before");
        List<String> made = new ArrayList<>();
        try (Running service = served(authority.served())) {
            for (String steps : List.of("(0 cached, 2 run)", "(2 cached, 0 run)")) {
                String name = "its-docs-" + CommandLine.fresh();
                made.add(name);
                String secured = snippet("env.SSL_CERT_FILE")
                        .replace(
                                "/etc/ssl/cache-ca.pem", authority.certificate().toString())
                        .replace("--name ci", "--name " + name)
                        .replace("--builder ci", "--builder " + name);
                assertThat(type(BUILDERS.writer(), context, token + "\n" + secured)
                                .out())
                        .contains(steps);
            }
            assertThat(service.handle().isAlive()).isTrue();
        } finally {
            for (String name : made) {
                BUILDERS.commandLine().run("remove-builder", "--name", name);
            }
        }
    }
}
