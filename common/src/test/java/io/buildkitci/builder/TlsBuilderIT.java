package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Setting;
import io.buildkitci.process.LineListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Builders of a real engine that is only reached with the certificates that variables name. */
@ParameterizedClass
@MethodSource("io.buildkitci.builder.BuilderTestbed#buildxes")
class TlsBuilderIT {
    private static final LineListener SILENT = (stream, line) -> {};
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String name = "it-tls-" + UUID.randomUUID().toString().substring(0, 8);

    @Parameter
    private String buildx = "";

    @TempDir
    private Path folder = Path.of("");

    private TlsEngine engine;
    private BuilderTestbed testbed;
    private Builders builders;

    TlsBuilderIT() {}

    @BeforeEach
    void connect() throws Exception {
        Path socket = Path.of(BuilderTestbed.PARTS.dockerHost().replace("unix://", ""));
        engine = TlsEngine.start(Files.createDirectories(folder.resolve("certificates")), socket);
        testbed = new BuilderTestbed(folder, buildx, engine.variables());
        builders = testbed.builders();
    }

    @AfterEach
    void removesEverything() throws Exception {
        try {
            builders.remove(name, false, Optional.empty());
            assertThat(testbed.traces(name)).isEmpty();
            assertThat(testbed.traces("contexts")).isEmpty();
            assertThat(testbed.isTidy()).isTrue();
        } finally {
            engine.close();
        }
    }

    private BuilderSpec spec(String image) {
        return Specs.of(
                Driver.DOCKER_CONTAINER, name, Specs.node(new Setting("image", image), new Setting("network", "host")));
    }

    @Test
    void createsReusesAndRemovesABuilderWithItsContext() throws Exception {
        BuilderSpec spec = spec(BuilderTestbed.PARTS.buildkitImage());

        Creation first = builders.create(spec, LIMIT, SILENT);
        Creation second = builders.create(spec, LIMIT, SILENT);
        List<NodeLog> logs = builders.logs(name);
        boolean existed = builders.exists(name);
        Removal removal = builders.remove(name, false, Optional.empty());

        assertThat(first).isInstanceOfSatisfying(Creation.Created.class, created -> {
            assertThat(created.builder().status()).isEqualTo("running");
            assertThat(created.builder().endpoint()).isEqualTo("buildkit-ci-tls-" + name);
        });
        assertThat(second).isInstanceOf(Creation.Reused.class);
        assertThat(logs).singleElement().satisfies(log -> {
            assertThat(log.node()).isEqualTo(name + "0");
            assertThat(log.lines()).anyMatch(line -> line.contains("running server"));
        });
        assertThat(existed).isTrue();
        assertThat(removal).isEqualTo(new Removal.Removed(name, List.of(), true));
        assertThat(builders.exists(name)).isFalse();
    }

    @Test
    void leavesNoContextOfABuilderThatCannotStart() throws Exception {
        assertThat(builders.create(spec("localhost:1/no/such:image"), LIMIT, SILENT))
                .isInstanceOfSatisfying(Creation.Failed.class, failed -> {
                    assertThat(failed.failure().reason()).isEqualTo(Reason.NOT_BOOTED);
                    assertThat(failed.left()).isEmpty();
                });
        assertThat(testbed.traces("contexts")).isEmpty();
    }

    @Test
    void saysWhichCertificateIsMissing() throws Exception {
        Files.delete(folder.resolve("certificates").resolve("ca.pem"));

        assertThat(builders.create(spec(BuilderTestbed.PARTS.buildkitImage()), LIMIT, SILENT))
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.failure().evidence()).anyMatch(line -> line.contains("ca.pem")));
    }
}
