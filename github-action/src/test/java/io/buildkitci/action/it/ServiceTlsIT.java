package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static io.buildkitci.action.it.ServedCache.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code --cache service=https://…} of a service that only its own authority vouches for. */
class ServiceTlsIT {
    @AutoClose
    private static final Builder STRANGER = Builder.of(Driver.DOCKER_CONTAINER);

    private final CommandLine machine = STRANGER.commandLine();
    private final OwnAuthority authority;

    @AutoClose
    private final ServedCache cache;

    ServiceTlsIT() throws Exception {
        authority = OwnAuthority.in(machine);
        cache = ServedCache.in(machine, authority.served());
    }

    private JsonNode build(CommandLine through, Path context, String... by) throws Exception {
        String[] arguments = Stream.concat(
                        Stream.of("build-push", "--cache=service=https://127.0.0.1:" + cache.port(), "--json"),
                        Stream.concat(Stream.of(by), Stream.of("--outputs=type=cacheonly", context.toString())))
                .toArray(String[]::new);
        return through.with("BUILDKIT_CI_CACHE_TOKEN", cache.token(MAIN, "--write"))
                .run(arguments)
                .built();
    }

    private static Path context() throws Exception {
        return STRANGER.context("FROM BASE\nRUN echo %s > /first\nRUN dd if=/dev/urandom of=/large bs=1M count=3\n"
                .formatted(CommandLine.fresh()));
    }

    private CommandLine trusting() {
        return machine.with("SSL_CERT_FILE", authority.certificate().toString());
    }

    private static List<String> notes(JsonNode built) {
        return Reported.texts(built.at("/notes"));
    }

    /** Of a Docker-less build: it starts in the environment that the command line is given. */
    @Test
    void theDaemonOfOneBuildTrustsWhoTheCommandLineTrusts() throws Exception {
        Path context = context();
        String own = "--driver=buildkitd";

        JsonNode written = build(trusting(), context, own);
        JsonNode read = build(trusting(), context, own);

        assertThat(Reported.steps(written)).containsExactly(2, 0, 2);
        assertThat(Reported.steps(read)).containsExactly(2, 2, 0);
        assertThat(cache.upkeep("stats").at("/bytes").asLong()).isGreaterThan(3_000_000);
    }

    @Test
    void aBuildkitdIsGivenItsAuthorityByItsEnvironment() throws Exception {
        Path folder = authority.folder();
        String socket = "unix://" + folder.resolve("buildkitd.sock");
        Map<String, String> environment = new TreeMap<>(trusting().environment());
        try (Running buildkitd = Running.start(
                List.of(
                        TESTBED.buildkitd().toString(),
                        "--config=" + TESTBED.buildkitdConfig(),
                        "--root=" + folder.resolve("root"),
                        "--addr=" + socket),
                environment,
                folder,
                folder)) {
            buildkitd.awaitErr("running server");
            machine.run("create-builder", "--name=tls", "--driver=remote", "--endpoint=" + socket);
            Path context = context();

            assertThat(Reported.steps(build(trusting(), context, "--builder=tls")))
                    .containsExactly(2, 0, 2);
            machine.buildx("prune", "--all", "--force", "--builder", "tls");
            assertThat(Reported.steps(build(trusting(), context, "--builder=tls")))
                    .containsExactly(2, 2, 0);
            assertThat(machine.run("remove-builder", "--name", "tls").exit()).isZero();
            buildkitd.signal("TERM");
            buildkitd.end();
        }
    }

    @Test
    void whereThisMachineDoesNotKnowItsAuthorityANoteSaysSo() throws Exception {
        JsonNode built = build(machine, context(), "--builder=" + STRANGER.name());

        assertThat(notes(built))
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .startsWith(
                                "built without --cache: this machine does not take the certificate of the service at"
                                        + " https://127.0.0.1:" + cache.port())
                        .endsWith("; name the certificate of its authority in the variable SSL_CERT_FILE"));
    }

    @Test
    void whereTheBuilderDoesNotKnowItANoteSaysSo() throws Exception {
        JsonNode built = build(trusting(), context(), "--builder=" + STRANGER.name());

        assertThat(notes(built))
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .startsWith("built without --cache: builder '" + STRANGER.name() + "' does not reach")
                        .endsWith("; the builder has to trust its certificate, too"));
        assertThat(cache.upkeep("stats").at("/bytes").asLong(-1)).isZero();
    }
}
