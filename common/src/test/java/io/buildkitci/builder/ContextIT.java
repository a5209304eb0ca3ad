package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.docker.CliDockerEngine;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.EngineProduct;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Setting;
import io.buildkitci.process.LineListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A real engine by TCP and TLS that is known by a Docker context only, as {@code DOCKER_CONTEXT} names it. */
@ParameterizedClass
@MethodSource("io.buildkitci.builder.BuilderTestbed#buildxes")
class ContextIT {
    private static final LineListener SILENT = (stream, line) -> {};
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String name = "it-context-" + UUID.randomUUID().toString().substring(0, 8);
    private final String context = "of-" + name;

    @Parameter
    private String buildx = "";

    @TempDir
    private Path folder = Path.of("");

    private TlsEngine engine;
    private BuilderTestbed testbed;

    ContextIT() {}

    @BeforeEach
    void makeTheContext() throws Exception {
        Path certificates = Files.createDirectories(folder.resolve("certificates"));
        engine = TlsEngine.start(
                certificates, Path.of(BuilderTestbed.PARTS.dockerHost().replace("unix://", "")));
        testbed = new BuilderTestbed(folder, buildx, Map.of("DOCKER_CONTEXT", context));
        String address = engine.variables().getOrDefault("DOCKER_HOST", "");
        assertThat(testbed.docker(
                                "--context",
                                "default",
                                "context",
                                "create",
                                context,
                                "--docker",
                                "host=" + address
                                        + ",ca=" + certificates.resolve("ca.pem")
                                        + ",cert=" + certificates.resolve("cert.pem")
                                        + ",key=" + certificates.resolve("key.pem"))
                        .succeeded())
                .isTrue();
    }

    @AfterEach
    void removesEverything() throws Exception {
        try {
            testbed.builders().remove(name, false, Optional.empty());
            assertThat(testbed.traces(name + "0")).isEmpty();
            assertThat(testbed.isTidy()).isTrue();
        } finally {
            engine.close();
        }
    }

    @Test
    void theContextsEngineIsFoundAsDockerItselfFindsIt() throws Exception {
        PlainJson inspected = PlainJson.parse(testbed.docker("context", "inspect", "--format", "{{json .}}", context)
                .out());
        DockerEngine cli = new CliDockerEngine(
                (command, output) -> testbed.runner.run(command.withEnvironment(testbed.environment), output),
                List.of(BuilderTestbed.PARTS.dockerCli().toString()));

        assertThat(testbed.store().endpoint())
                .contains(new EngineEndpoint(
                        inspected.object("Endpoints").object("docker").text("Host")));
        assertThat(testbed.store().engineIsElsewhere()).isFalse();
        assertThat(testbed.store().current()).contains(context);
        assertThat(cli.info())
                .isInstanceOfSatisfying(
                        DockerEngine.Info.class,
                        info -> assertThat(info.product()).isEqualTo(EngineProduct.DOCKER));
    }

    @Test
    void buildersAreMadeOnIt() throws Exception {
        var spec = Specs.of(
                Driver.DOCKER_CONTAINER,
                name,
                Specs.node(new Setting("image", BuilderTestbed.PARTS.buildkitImage()), new Setting("network", "host")));
        Builders builders = testbed.builders();

        Creation first = builders.create(spec, LIMIT, SILENT);
        Creation second = builders.create(spec, LIMIT, SILENT);
        Creation itself = builders.create(Specs.of(Driver.DOCKER, "", Specs.node()), LIMIT, SILENT);
        Removal removal = builders.remove(name, false, Optional.empty());

        assertThat(first).isInstanceOfSatisfying(Creation.Created.class, created -> {
            assertThat(created.builder().endpoint()).isEqualTo(context);
            assertThat(created.builder().status()).isEqualTo("running");
        });
        assertThat(second).isInstanceOf(Creation.Reused.class);
        assertThat(itself)
                .isInstanceOfSatisfying(
                        Creation.Reused.class,
                        reused -> assertThat(reused.builder().name()).isEqualTo(context));
        assertThat(removal).isEqualTo(new Removal.Removed(name, List.of(), true));
    }

    @Test
    void aContextThatIsGoneIsToldByName() throws Exception {
        assertThat(testbed.docker("--context", "default", "context", "rm", "--force", context)
                        .succeeded())
                .isTrue();

        assertThat(testbed.store().endpoint()).isEmpty();
        assertThat(testbed.builders().create(Specs.of(Driver.DOCKER, "", Specs.node()), LIMIT, SILENT))
                .isInstanceOfAny(Creation.Refused.class, Creation.Failed.class)
                .asString()
                .contains(context);
    }
}
