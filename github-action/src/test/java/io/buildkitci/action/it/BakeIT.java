package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The example of three services, and bake files in HCL and JSON, built and pushed for real. */
class BakeIT {
    private static final Path EXAMPLE =
            Workflows.ROOT.resolve("examples/compose").toAbsolutePath();

    private final Builder builder = Builder.of(Driver.DOCKER_CONTAINER);
    private final String version = CommandLine.fresh();

    @AfterEach
    void leavesNothing() throws Exception {
        builder.close();
    }

    private CommandLine machine() {
        return builder.commandLine().with("BASE", TESTBED.base()).with("REGISTRY", TESTBED.registry() + "/its");
    }

    private Said bake(CommandLine machine, String... arguments) throws Exception {
        return machine.run(Stream.concat(Stream.of("bake", "--builder", builder.name(), "--json"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static List<String> names(JsonNode targets) {
        List<String> names = new ArrayList<>();
        targets.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private String digestInTheRegistry(String image) throws Exception {
        return builder.commandLine()
                .buildx("imagetools", "inspect", "--builder", builder.name(), "--format", "{{.Manifest.Digest}}", image)
                .out()
                .strip();
    }

    @Test
    void threeServicesAreBuiltPushedAndRebuiltFromTheCache() throws Exception {
        Said first = bake(machine().inDirectory(EXAMPLE), "--vars", "VERSION=" + version, "--push");
        assertThat(first.exit()).as(first.toString()).isZero();
        JsonNode targets = first.json().path("targets");
        assertThat(names(targets)).containsExactlyInAnyOrder("api", "web", "worker");
        for (String service : List.of("api", "web", "worker")) {
            JsonNode image = targets.path(service).path("image");
            assertThat(image.path("pushed").asBoolean()).as(service).isTrue();
            assertThat(image.path("digest").asText())
                    .isEqualTo(digestInTheRegistry(TESTBED.registry() + "/its/shop/" + service + ":" + version));
            assertThat(targets.path(service).at("/steps/total").asInt()).isPositive();
        }
        assertThat(targets.at("/api/steps/run").asInt()).isPositive();

        Said again = bake(machine().inDirectory(EXAMPLE), "--vars", "VERSION=" + version, "--push");
        JsonNode cached = again.json().path("targets");
        for (String service : List.of("api", "web", "worker")) {
            assertThat(cached.path(service).at("/steps/run").asInt())
                    .as(service)
                    .isZero();
            assertThat(cached.path(service).at("/steps/cached").asInt())
                    .as(service)
                    .isPositive();
        }
    }

    @Test
    void aBakeFileWithAMatrixAndOneInJsonTakeVariablesOverridesAndACache() throws Exception {
        Path folder = Files.createDirectories(builder.folder().resolve("hcl"));
        Files.writeString(
                folder.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nARG V\nRUN echo $V " + version + "\n");
        Path hcl = Files.writeString(folder.resolve("docker-bake.hcl"), """
                variable "TAG" {
                  default = "none"
                }
                group "default" {
                  targets = ["app"]
                }
                target "app" {
                  name = "app-${flavour}"
                  matrix = { flavour = ["plain", "rich"] }
                  context = "%s"
                  args = { V = flavour }
                  tags = ["%s/its/bake-${flavour}:${TAG}"]
                }
                """.formatted(folder, TESTBED.registry()));
        Path json = Files.writeString(
                folder.resolve("docker-bake.json"), "{\"target\": {\"third\": {\"inherits\": [\"app-plain\"]}}}");

        Said built = bake(
                machine(),
                "--files",
                hcl + "," + json,
                "--vars",
                "TAG=" + version,
                "--set",
                "*.platform=linux/amd64,linux/386",
                "--cache",
                "registry",
                "--push",
                "default",
                "third");

        assertThat(built.exit()).as(built.toString()).isZero();
        JsonNode targets = built.json().path("targets");
        assertThat(names(targets)).containsExactlyInAnyOrder("app-plain", "app-rich", "third");
        assertThat(Reported.texts(targets.at("/app-rich/image/tags")))
                .containsExactly(TESTBED.registry() + "/its/bake-rich:" + version);
        assertThat(targets.at("/app-rich/platforms"))
                .hasSize(2)
                .allSatisfy(
                        platform -> assertThat(platform.path("digest").asText()).startsWith("sha256:"));
        assertThat(built.err()).contains("exporting cache");
    }

    @Test
    void theTargetThatFailsIsNamedWithItsStep() throws Exception {
        Path folder = Files.createDirectories(builder.folder().resolve("broken"));
        Files.writeString(folder.resolve("good"), "FROM " + TESTBED.base() + "\nRUN echo " + version + "\n");
        Files.writeString(folder.resolve("bad"), "FROM " + TESTBED.base() + "\nRUN echo " + version + " && exit 7\n");
        Path compose = Files.writeString(folder.resolve("compose.yaml"), """
                services:
                  fine:
                    build: {context: broken, dockerfile: good}
                  broken:
                    build: {context: broken, dockerfile: bad}
                """);

        Said failed = bake(machine(), "--files", compose.toString());
        Said text = machine().run("bake", "--builder", builder.name(), "--files", compose.toString());

        assertThat(failed.exit()).as(failed.toString()).isEqualTo(1);
        assertThat(failed.json().at("/failure/message").asText())
                .startsWith("target 'broken': ")
                .contains("code 7");
        assertThat(failed.json().at("/targets/broken/failure/code").asText()).isEqualTo("step-failed");
        assertThat(failed.json().at("/targets/broken/failure/line").asInt()).isEqualTo(2);
        assertThat(failed.json().at("/targets/fine/outcome").asText()).isIn("built", "cancelled");
        assertThat(text.out()).contains("1 of 2 targets failed: broken", "exited with code 7");
    }

    /** The last step of both is one and the same. */
    @Test
    void whatChecksFindIsToldOfEachTargetAndAStepOfTwoCountsInBoth() throws Exception {
        Path folder = Files.createDirectories(builder.folder().resolve("twins"));
        Files.writeString(
                folder.resolve("a"), "FROM " + TESTBED.base() + "\nRUN echo " + version + "\nMAINTAINER me\n");
        Files.writeString(folder.resolve("b"), "FROM " + TESTBED.base() + "\nRUN echo " + version + "\nCMD sh\n");
        Path compose = Files.writeString(folder.resolve("compose.yaml"), """
                services:
                  one:
                    build: {context: twins, dockerfile: a}
                  two:
                    build: {context: twins, dockerfile: b}
                """.replace("twins", folder.toString()));

        JsonNode targets =
                bake(machine(), "--files", compose.toString()).built().path("targets");

        assertThat(targets.at("/one/steps/total").asInt()).isEqualTo(1);
        assertThat(targets.at("/two/steps/total").asInt()).isEqualTo(1);
        assertThat(targets.at("/one/warnings/0/rule").asText()).isEqualTo("MaintainerDeprecated");
        assertThat(targets.at("/two/warnings/0/rule").asText()).isEqualTo("JSONArgsRecommended");
    }

    @Test
    void whatIsWrongIsToldBeforeAnythingIsBuilt() throws Exception {
        Said wrong = bake(machine().inDirectory(EXAMPLE), "--set", "nope.args.X=1", "--push");
        Said variable = bake(machine(), "--files", hcl().toString(), "--vars", "NOPE=1");

        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("set: could not find any target matching 'nope'", "nothing was run");
        assertThat(variable.exit()).isEqualTo(2);
        assertThat(variable.err()).contains("'NOPE': the definition has no such variable; it has TAG");
    }

    private Path hcl() throws Exception {
        Path folder = Files.createDirectories(builder.folder().resolve("empty"));
        return Files.writeString(
                folder.resolve("docker-bake.hcl"),
                "variable \"TAG\" { default = \"1\" }\ntarget \"default\" { context = \".\" }\n");
    }

    @Test
    void variablesAreOnNoCommandLine() throws Exception {
        Path folder = Files.createDirectories(builder.folder().resolve("slow"));
        Files.writeString(
                folder.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nARG T\nRUN sleep 3 # " + version + "\n");
        Path hcl = Files.writeString(folder.resolve("docker-bake.hcl"), """
                variable "API_TOKEN" {
                  default = ""
                }
                target "default" {
                  context = "%s"
                  labels = { letters = strlen(API_TOKEN) }
                }
                """.formatted(folder));
        String secret = "s3cr3t" + version;
        CommandLine quiet = machine().with("BUILDKIT_CI_VARS", "API_TOKEN=" + secret);

        try (Running running = quiet.start("bake", "--builder", builder.name(), "--files", hcl.toString())) {
            Machine.awaitOne("docker-bake.hcl --progress rawjson");
            assertThat(Machine.commandLines().values()).noneMatch(line -> line.contains(secret));
            Said said = running.end();
            assertThat(said.exit()).as(said.toString()).isZero();
            assertThat(said.out() + said.err()).doesNotContain(secret);
        }
    }
}
