package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.action.dropin.ActionYml;
import io.buildkitci.action.it.RunnerStep.Told;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A builder, a build with it and their post steps, as the runner runs the actions by their launcher. */
class ActionIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String nonce = CommandLine.fresh();

    @ParameterizedTest
    @EnumSource(
            value = Driver.class,
            names = {"DOCKER_CONTAINER", "REMOTE"})
    void aBuilderIsMadeBuiltWithAndTakenBack(Driver driver) throws Exception {
        String image = Builder.image("action");
        String name;
        try (RunnerJob job = new RunnerJob()) {
            Told created = job.createBuilder(driver).main();
            name = created.output("name");
            job.file(
                    "Dockerfile",
                    "FROM BASE\nARG TARGETPLATFORM\nRUN echo %s $TARGETPLATFORM > /made\n".formatted(nonce));

            Told built = job.step("build-push")
                    .input("context", ".")
                    .input("platforms", "linux/amd64,linux/386")
                    .input("tags", image)
                    .input("labels", "org.example.label=a, b=c")
                    .input("annotations", "index:org.example.on-index=here")
                    .input("push", "true")
                    .main();

            assertThat(created.exit()).as(created.toString()).isZero();
            assertThat(created.outputs().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            ActionYml.of("create-builder").outputs());
            assertThat(created.outputs())
                    .containsEntry("driver", driver.render())
                    .containsEntry("status", "running");
            assertThat(created.output("endpoint")).isNotEmpty();
            assertThat(created.output("flags").contains("network.host")).isEqualTo(driver == Driver.DOCKER_CONTAINER);
            assertThat(created.output("platforms").split(",")).contains("linux/amd64");
            assertThat(JSON.readTree(created.output("nodes")))
                    .singleElement()
                    .satisfies(node -> assertThat(node.path("status").asText()).isEqualTo("running"));
            assertThat(built.exit()).as(built.toString()).isZero();
            theOutputsAreOfTheImage(built, image);
            theLogIsClosed(created);
            theLogIsClosed(built);
            assertThat(built.view().all("group")).extracting(c -> c.data()).startsWith("Command");
            assertThat(built.summary())
                    .contains(built.output("digest"))
                    .contains("docker pull " + image.substring(0, image.lastIndexOf(':')) + "@sha256:")
                    .contains("linux/386");
            assertThat(job.machine().buildx("ls").out()).contains(name);
            assertThat(job.inEngine(name)).hasSize(driver == Driver.DOCKER_CONTAINER ? 2 : 0);

            job.end();

            assertThat(job.machine().buildx("ls").out()).doesNotContain(name);
            assertThat(job.inEngine(name)).isEmpty();
        }
    }

    private static void theOutputsAreOfTheImage(Told built, String image) throws Exception {
        Registry.Manifest index = Registry.read(image);
        Map<String, String> pushed = new LinkedHashMap<>(index.platforms());
        pushed.remove("unknown/unknown");
        JsonNode metadata = JSON.readTree(built.output("metadata"));

        assertThat(built.outputs().keySet())
                .containsExactlyInAnyOrderElementsOf(ActionYml.of("build-push").outputs());
        assertThat(built.outputs()).containsEntry("digest", index.digest()).containsEntry("imageid", index.digest());
        assertThat(JSON.readTree(built.output("digests"))).isEqualTo(JSON.valueToTree(pushed));
        assertThat(pushed.keySet()).containsExactly("linux/amd64", "linux/386");
        assertThat(metadata.path("containerimage.digest").asText()).isEqualTo(index.digest());
        assertThat(metadata.path("image.name").asText()).isEqualTo(image);
        assertThat(index.json().at("/annotations/org.example.on-index").asText())
                .isEqualTo("here");
        assertThat(index.of("linux/386")
                        .config()
                        .at("/config/Labels/org.example.label")
                        .asText())
                .isEqualTo("a, b=c");
    }

    /** Everything that is opened is closed again, and only our own commands are there. */
    private static void theLogIsClosed(Told told) {
        assertThat(told.view().stopped()).as(told.log()).isFalse();
        assertThat(told.view().all("endgroup"))
                .hasSameSizeAs(told.view().all("group"))
                .isNotEmpty();
        assertThat(told.view().commands())
                .extracting(c -> c.name())
                .filteredOn(name -> !name.startsWith("buildkit-ci-"))
                .isSubsetOf("group", "endgroup", "stop-commands", "add-mask", "notice", "warning");
    }

    @Test
    void provenanceNamesTheRunAndNobodyHasToAskForIt() throws Exception {
        String image = Builder.image("provenance");
        try (RunnerJob job = new RunnerJob()) {
            job.builder(Driver.REMOTE);
            job.file("Dockerfile", "FROM BASE\nRUN echo %s\n".formatted(nonce));

            Told built = job.step("build-push")
                    .input("context", ".")
                    .input("tags", image)
                    .input("push", "true")
                    .main();

            assertThat(built.exit()).as(built.toString()).isZero();
            byte[] statement =
                    Registry.read(image).of("unknown/unknown").layers().get(0);
            assertThat(JSON.readTree(statement).findValuesAsText("id"))
                    .contains("https://github.com/octo/app/actions/runs/7/attempts/2");
        }
    }

    @Test
    void aBuilderThatIsNotToBeCleanedUpStays() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            Told created = job.createBuilder(Driver.DOCKER_CONTAINER)
                    .input("cleanup", "false")
                    .main();
            String name = created.output("name");

            job.end();

            try {
                assertThat(job.inEngine(name)).hasSize(2);
                Told reused = job.createBuilder(Driver.DOCKER_CONTAINER)
                        .input("name", name)
                        .main();
                job.end();
                assertThat(reused.exit()).as(reused.toString()).isZero();
                assertThat(reused.output("name")).isEqualTo(name);
                assertThat(reused.output("flags")).isEqualTo(created.output("flags"));
                assertThat(job.inEngine(name)).as("somebody else's builder").hasSize(2);
            } finally {
                job.machine().buildx("rm", name);
            }
        }
    }

    @Test
    void theCacheOfABuilderThatKeepsItsStateIsThereForTheNextOne() throws Exception {
        String name = "its-" + nonce;
        try (RunnerJob job = new RunnerJob()) {
            job.file("Dockerfile", "FROM BASE\nRUN cat /proc/sys/kernel/random/uuid > /made\n");
            try {
                Told first = buildOnce(job, name);
                assertThat(job.inEngine(name)).singleElement().asString().endsWith("_state");
                Told second = buildOnce(job, name);

                assertThat(second.output("imageid")).isEqualTo(first.output("imageid"));
            } finally {
                for (String left : job.inEngine(name)) {
                    job.machine().docker("volume", "rm", left);
                }
            }
        }
    }

    private static Told buildOnce(RunnerJob job, String name) throws Exception {
        Told created = job.createBuilder(Driver.DOCKER_CONTAINER)
                .inputs(Map.of("name", name, "keep-state", "true"))
                .main();
        Told built = job.step("build-push")
                .inputs(Map.of("context", ".", "provenance", "false", "outputs", "type=oci,dest=image.tar"))
                .main();
        assertThat(created.exit()).as(created.toString()).isZero();
        assertThat(built.exit()).as(built.toString()).isZero();
        assertThat(built.output("imageid")).startsWith("sha256:");
        job.end();
        return built;
    }

    @Test
    void aStepThatMadeNothingHasNothingToTakeBack() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            RunnerStep build = job.step("build-push").input("context", "nowhere");

            Told main = build.main();
            Told post = build.post();

            assertThat(main.exit()).isNotZero();
            assertThat(main.state()).containsEntry("undo", "");
            assertThat(post).isEqualTo(new Told(0, "", Map.of(), Map.of(), ""));
        }
    }

    @Test
    void certificatesOfARemoteBuilderAreThereForTheJobOnly() throws Exception {
        String image = Builder.image("tls");
        try (RunnerJob job = new RunnerJob()) {
            OwnBuildkitd buildkitd = job.untilItEnds(OwnBuildkitd.overTls());
            Told created = job.step("create-builder")
                    .input("driver", "remote")
                    .input("endpoint", buildkitd.endpoint())
                    .with("BUILDER_NODE_0_AUTH_TLS_CACERT", buildkitd.read("ca.pem"))
                    .with("BUILDER_NODE_0_AUTH_TLS_CERT", buildkitd.read("client.pem"))
                    .with("BUILDER_NODE_0_AUTH_TLS_KEY", buildkitd.read("client-key.pem"))
                    .main();
            assertThat(created.exit()).as(created.toString()).isZero();
            job.file("Dockerfile", "FROM BASE\nRUN echo %s\n".formatted(nonce));
            Told built = job.step("build-push")
                    .inputs(Map.of("context", ".", "tags", image, "push", "true"))
                    .main();

            assertThat(built.exit()).as(built.toString()).isZero();
            assertThat(built.output("digest")).isEqualTo(Registry.read(image).digest());
            assertThat(created.shown() + built.shown()).doesNotContain("PRIVATE KEY");
            assertThat(certificates(job))
                    .hasSize(3)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file)).hasSize(2));

            job.end();

            assertThat(certificates(job)).isEmpty();
        }
    }

    private static List<Path> certificates(RunnerJob job) throws Exception {
        try (Stream<Path> files = Files.walk(job.folder().resolve("buildx"))) {
            return files.filter(file -> file.toString().endsWith(".pem")).toList();
        }
    }
}
