package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A buildkitd that talks to those only who show a certificate of its authority, and builders that show others. */
class RemoteTlsIT {
    @AutoClose
    private static OwnBuildkitd daemon;

    @BeforeAll
    static void start() throws Exception {
        daemon = OwnBuildkitd.overTls();
    }

    private final CommandLine commandLine;

    RemoteTlsIT(@TempDir Path folder) throws Exception {
        this.commandLine = CommandLine.in(folder, TESTBED.buildx());
    }

    private Said create(Driver driver, List<String> definition) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("create-builder", "--name", "its-tls"));
        arguments.addAll(List.of("--driver", driver.render()));
        arguments.addAll(definition);
        return commandLine.run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cacert=ca.pem | it wants its clients to show a certificate of the authority CN=ca | as cert= and key= in driver-opts
            cacert=ca.pem,cert=stranger.pem,key=stranger-key.pem | of the authority CN=other, but one of the authority CN=ca | cert=
            cacert=ca.pem,cert=ended.pem,key=ended-key.pem | the certificate in cert ended at 20 | a certificate that is valid
            cacert=ca.pem,cert=client.pem,key=server-key.pem | has no key of the certificate in cert | correct the files
            cacert=other.pem,cert=client.pem,key=client-key.pem | of the authority CN=ca, which is not in cacert | give cacert=
            cacert=ca.pem,servername=build.example | is for 127.0.0.1, and not for build.example | as servername= in driver-opts
            """)
    void whatDoesNotFitIsNamedBeforeABuilderIsMade(String options, String why, String advice) throws Exception {
        Said said = create(Driver.REMOTE, daemon.definition(options));

        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        assertThat(said.err()).contains("no connection to the buildkitd at " + daemon.endpoint() + ": ", why, advice);
        assertThat(commandLine.folder().resolve("buildx/instances")).satisfies(RemoteTlsIT::isEmptyOrMissing);
    }

    private static void isEmptyOrMissing(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void aBuilderWithoutCertificatesIsToldToHaveSome() throws Exception {
        Said said = create(Driver.REMOTE, List.of("--endpoint", daemon.endpoint()));
        Path work = commandLine.folder().resolve("work");
        Files.writeString(work.resolve("Dockerfile"), "FROM scratch\n");
        Said build = commandLine
                .with("BUILDKIT_HOST", daemon.endpoint())
                .run("build-push", "--client", "buildctl", "--json", work.toString());

        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        assertThat(said.err())
                .contains("it speaks TLS only", "make the builder with cacert=, cert= and key= in driver-opts");
        assertThat(Reported.failure(build)).as(build.toString()).isEqualTo("builder-tls");
    }

    @Test
    void aDaemonWhoseCertificateEndedIsToldSo() throws Exception {
        try (OwnBuildkitd ended = OwnBuildkitd.overTls("ended")) {
            Said said = create(Driver.REMOTE, ended.definition());

            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(said.err()).contains("its certificate ended at 20", "renew the certificate that buildkitd");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REMOTE", "BUILDKITD"})
    void aBuildIsToldBeforeItBeginsThatTheFilesAreOthersNow(Driver driver, @TempDir Path files) throws Exception {
        for (String file : List.of("ca.pem", "client.pem", "client-key.pem")) {
            Files.copy(daemon.certificate(file), files.resolve(file));
        }
        String options = "cacert=%1$s/ca.pem,cert=%1$s/client.pem,key=%1$s/client-key.pem".formatted(files);
        try (Builder builder = Builder.of(driver, List.of("--endpoint", daemon.endpoint(), "--driver-opts", options))) {
            Path context = builder.context("FROM scratch\nCOPY Dockerfile /\n");

            Said built = builder.build(context, "--json");
            for (String kind : List.of(".pem", "-key.pem")) {
                Files.copy(
                        daemon.certificate("stranger" + kind),
                        files.resolve("client" + kind),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Said refused = builder.build(context, "--json");

            assertThat(built.exit()).as(built.toString()).isZero();
            assertThat(refused.exit()).as(refused.toString()).isEqualTo(3);
            assertThat(Reported.failure(refused)).isEqualTo("builder-tls");
            assertThat(refused.json().path("attempts").asInt()).isLessThanOrEqualTo(1);
            assertThat(refused.json().at("/failure/message").asText())
                    .contains("it does not take the certificate in cert, which is of the authority CN=other");
        }
    }
}
