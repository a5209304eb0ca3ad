package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Secrets of every kind, another one in each place, are looked for wherever a build leaves something. */
class PlantedSecretIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static final Builder BUILDER = Builder.of(Driver.DOCKER_CONTAINER);

    private final String nonce = CommandLine.fresh();
    private final String value = "planted/value+" + CommandLine.fresh();
    private final String lines = "planted-first-" + CommandLine.fresh() + "\nplanted-second-" + CommandLine.fresh();
    private final String large = large();
    private final String variable = "planted variable \"" + CommandLine.fresh() + "\"";
    private final String file = "planted%file%" + CommandLine.fresh();
    private final List<String> arguments = new ArrayList<>();

    /** Longer than a variable may be on every system. */
    private static String large() {
        StringBuilder large = new StringBuilder("planted-large-");
        while (large.length() < 45_000) {
            large.append(UUID.randomUUID());
        }
        return large.toString();
    }

    private CommandLine planted() throws IOException {
        Path path = Files.writeString(BUILDER.folder().resolve("secret-" + nonce), file);
        arguments.addAll(List.of("--secret-envs", "variable=IT_VARIABLE", "--secret-files", "file=" + path));
        return BUILDER.commandLine()
                .with("BUILDKIT_CI_SECRETS", "value=" + value + "\n\"lines=" + lines + "\"\nlarge=" + large)
                .with("IT_VARIABLE", variable);
    }

    /** What must be nowhere: each secret, each line of one, and what a step may make of it. */
    private List<String> forms() {
        List<String> forms = new ArrayList<>();
        for (String secret : List.of(value, lines, large, variable, file)) {
            forms.addAll(secret.length() < 100 ? secret.lines().toList() : List.of(secret.substring(0, 60)));
            forms.add(Base64.getEncoder()
                    .encodeToString(secret.getBytes(StandardCharsets.UTF_8))
                    .substring(0, 24));
        }
        return forms;
    }

    private static String mounts() {
        return Stream.of("value", "lines", "large", "variable", "file")
                .map("--mount=type=secret,required=true,id=%s"::formatted)
                .reduce("", (all, mount) -> all + " " + mount);
    }

    private String[] with(String... more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aStepThatPrintsThemPrintsStars() throws Exception {
        CommandLine with = planted();
        Path context = BUILDER.context("""
                FROM BASE
                RUN%s cd /run/secrets && echo %s && for s in *; do cat $s; echo; base64 -w 0 $s; echo; cat $s >&2; done
                RUN%s cd /run/secrets && for s in *; do echo "$(cat $s)"; done; exit 3
                """.formatted(mounts(), nonce, mounts()));

        Said text = BUILDER.build(with, context, with());
        Said json = BUILDER.build(with, context, with("--no-cache", "--json"));

        assertThat(text.exit()).isEqualTo(1);
        assertThat(text.err()).contains(nonce, "***");
        assertThat(text.out()).contains("***");
        assertThat(json.json().at("/failure/output").toString()).contains("***");
        for (Said said : List.of(text, json)) {
            assertThat(said.out()).doesNotContain(forms());
            assertThat(said.err()).doesNotContain(forms());
        }
    }

    @Test
    void aPlanNamesThemOnly() throws Exception {
        Said plan = BUILDER.build(
                planted(),
                BUILDER.context("FROM BASE\n"),
                with("--plan", "--cache-to", "type=s3,bucket=b,region=r,secret_access_key=planted-key-" + nonce));

        assertThat(plan.exit()).as(plan.toString()).isZero();
        assertThat(Reported.texts(plan.json().path("argv"))).contains("id=variable,env=IT_VARIABLE");
        assertThat(Reported.texts(plan.json().path("env"))).contains("BUILDKIT_CI_SECRET_0", "BUILDKIT_CI_SECRET_1");
        assertThat(Reported.texts(plan.json().path("files"))).containsExactly("secret-2");
        assertThat(plan.out() + plan.err()).doesNotContain(forms()).doesNotContain("planted-key-" + nonce);
    }

    @Test
    void whileItRunsNoProcessNamesThemAndFilesAreOurs() throws Exception {
        CommandLine with = planted();
        Path context =
                BUILDER.context("FROM BASE\nRUN%s echo %s; while sleep 1; do :; done\n".formatted(mounts(), nonce));

        Said said;
        Map<String, String> files;
        List<String> processes;
        try (Running running = BUILDER.startBuild(with, context, with())) {
            Machine.awaitOne("echo " + nonce);
            processes = List.copyOf(Machine.commandLines().values());
            files = privateFiles(with.temporary());
            running.signal("TERM");
            said = running.end();
        }

        assertThat(said.exit()).isEqualTo(130);
        assertThat(processes).anyMatch(line -> line.contains("--metadata-file"));
        assertThat(String.join("\n", processes)).doesNotContain(forms());
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(
                        (file, permissions) -> assertThat(permissions).as(file).isIn("rw-------", "rwx------"));
        assertThat(privateFiles(with.temporary())).isEmpty();
    }

    /** Everything below our own directories, and those themselves, with its permissions. */
    private static Map<String, String> privateFiles(Path temporary) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (Path path : FilesBelow.all(temporary)) {
            if (temporary.relativize(path).toString().startsWith("buildkit-ci-")) {
                found.put(path.toString(), PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }
        return found;
    }

    @Test
    void neitherTheImageNorItsHistoryNorTheBuildersKnowsThem() throws Exception {
        CommandLine with = planted();
        Path context = BUILDER.context(
                "FROM BASE\nRUN%s echo %s > /nonce && cat /run/secrets/* > /dev/null\n".formatted(mounts(), nonce));
        String image = Builder.image("planted");
        Path layout = BUILDER.folder().resolve("layout-" + nonce);

        JsonNode report = BUILDER.build(
                        with,
                        context,
                        with(
                                "--tags",
                                image,
                                "--push",
                                "--provenance",
                                "mode=max",
                                "--cache",
                                "local=" + layout,
                                "--json"))
                .built();
        Registry.Manifest index = Registry.read(image);
        String builder = BUILDER.name();
        String reference = JSON.readTree(BUILDER.commandLine()
                        .buildx(
                                "history",
                                "ls",
                                "--builder",
                                builder,
                                "--format",
                                "json",
                                "--filter",
                                "status=completed")
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .path("ref")
                .asText()
                .replaceFirst(".*/", "");
        Said inspected = BUILDER.commandLine().buildx("history", "inspect", "--builder", builder, reference);
        Said logs = BUILDER.commandLine().buildx("history", "logs", "--builder", builder, reference);
        Said daemon = BUILDER.commandLine().docker("logs", "buildx_buildkit_" + builder + "0");

        assertThat(report.at("/image/digest").asText()).isEqualTo(index.digest());
        assertThat(inspected.exit()).as(inspected.toString()).isZero();
        assertThat(logs.exit()).as(logs.toString()).isZero();
        assertThat(logs.out() + logs.err()).contains(nonce);
        for (Said said : List.of(inspected, logs, daemon)) {
            assertThat(said.out() + said.err()).doesNotContain(forms());
        }
        for (String platform : index.platforms().keySet()) {
            Registry.Manifest manifest = index.of(platform);
            assertThat(manifest.json().toString() + manifest.config()).doesNotContain(forms());
            for (byte[] layer : manifest.layers()) {
                assertThat(new String(Archive.unzipped(layer), StandardCharsets.ISO_8859_1))
                        .doesNotContain(forms());
            }
        }
        try (Stream<Path> cached = Files.walk(layout)) {
            for (Path file : cached.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Archive.unzipped(Files.readAllBytes(file)), StandardCharsets.ISO_8859_1))
                        .doesNotContain(forms());
            }
        }
    }
}
