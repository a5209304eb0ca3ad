package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.action.dropin.ActionYml;
import io.buildkitci.action.it.RunnerStep.Told;
import io.buildkitci.model.Driver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input of {@code build-push} reaches BuildKit from {@code with:}, past the runner, Node and Java. */
class ActionInputsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINES = "-----BEGIN KEY-----\nab, \"c\" = d  \n-----END KEY-----\n";
    private static final String TOKEN = "ghs_" + CommandLine.fresh() + CommandLine.fresh();

    private static final RunnerJob JOB = new RunnerJob()
            .with("IT_TOKEN", "from the environment")
            .with("BUILDKIT_CI_BUILDKIT", String.valueOf(TESTBED.buildctl().getParent()));
    private static String builder = "";
    private static String withGit = "";

    @BeforeAll
    static void makeBuilders() throws Exception {
        withGit = JOB.builder(Driver.REMOTE);
        builder = JOB.builder(Driver.DOCKER_CONTAINER);
    }

    @AfterAll
    static void endJob() throws Exception {
        JOB.close();
    }

    static List<InputsCase> cases() {
        return List.of(
                image(),
                handed(),
                keys(),
                sandbox(),
                registryCache(),
                localCache(),
                cacheInOneWord(),
                engine(),
                again(),
                attestations(),
                checks(),
                commit(),
                limits(),
                daemon());
    }

    /** An input that is declared and stands in no case was never tried; the token's is {@link ActionServiceCacheIT}. */
    @Test
    void everyInputIsInACase() {
        TreeSet<String> given = new TreeSet<>(List.of("step", "cache-token"));
        cases().forEach(inputs -> given.addAll(inputs.given()));

        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(
                        ActionYml.of("build-push").defaults().keySet());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inputsReachTheBuild(InputsCase inputs) throws Exception {
        inputs.run("build-push", JOB);
    }

    private static Told succeeded(Told told) {
        assertThat(told.exit()).as(told.toString()).isZero();
        return told;
    }

    private static InputsCase image() {
        String image = Builder.image("inputs");
        String other = Builder.image("inputs");
        return InputsCase.of("what is built and what it is called", job -> {
                    job.file("image/docker/app.Dockerfile", """
                            FROM BASE AS wanted
                            ARG WORD
                            ARG OTHER
                            COPY --from=more /word /more
                            RUN echo "$WORD|$OTHER" > /word
                            FROM wanted
                            RUN exit 1
                            """);
                    job.file("more/word", "more");
                })
                .step(Map.ofEntries(
                        Map.entry("context", "image"),
                        Map.entry("file", "image/docker/app.Dockerfile"),
                        Map.entry("builder", builder),
                        Map.entry("target", "wanted"),
                        Map.entry("platforms", "linux/amd64\nlinux/386"),
                        Map.entry("tags", image + ", " + other),
                        Map.entry("build-args", "WORD=a, \"b\" = 'c' $HOME\nOTHER=\"d\""),
                        Map.entry("build-contexts", "more=more"),
                        Map.entry("labels", "org.example.one=x=y, z\norg.example.two="),
                        Map.entry("annotations", "org.example.plain=p\nindex:org.example.index=i, j"),
                        Map.entry("push", "true")))
                .then((told, job) -> {
                    succeeded(told.get(0));
                    Registry.Manifest index = Registry.read(image);
                    Registry.Manifest manifest = index.of("linux/386");
                    List<byte[]> layers = manifest.layers();
                    assertThat(Registry.read(other).digest()).isEqualTo(index.digest());
                    assertThat(new String(Archive.unzipped(layers.get(layers.size() - 1)), StandardCharsets.UTF_8))
                            .contains("a, \"b\" = 'c' $HOME|\"d\"\n");
                    assertThat(index.json().at("/annotations/org.example.index").asText())
                            .isEqualTo("i, j");
                    assertThat(manifest.json()
                                    .at("/annotations/org.example.plain")
                                    .asText())
                            .isEqualTo("p");
                    assertThat(manifest.config().at("/config/Labels").toString())
                            .contains("\"org.example.one\":\"x=y, z\"", "\"org.example.two\":\"\"");
                });
    }

    private static InputsCase handed() {
        return InputsCase.of("secrets", job -> {
                    job.file("netrc", "machine it\n\tlogin \u00e9\n");
                    job.file("handed/Dockerfile", """
                            FROM BASE AS seen
                            RUN --mount=type=secret,id=plain --mount=type=secret,id=lines --mount=type=secret,id=variable \
                                --mount=type=secret,id=file \
                                cd /run/secrets && sha256sum plain lines variable file > /sums && cat *
                            FROM scratch
                            COPY --from=seen /sums /sums
                            """);
                })
                .step(Map.of(
                        "context",
                        "handed",
                        "no-cache",
                        "true",
                        "secrets",
                        "plain=pa=ss,word\n\"lines=" + LINES.replace("\"", "\"\"") + "\"",
                        "secret-envs",
                        "variable=IT_TOKEN",
                        "secret-files",
                        "file=netrc",
                        "outputs",
                        "type=local,dest=handed-out"))
                .then((told, job) -> {
                    Told built = succeeded(told.get(0));
                    assertThat(Files.readAllLines(job.workspace().resolve("handed-out/sums")))
                            .containsExactly(
                                    sum("pa=ss,word", "plain"),
                                    sum(LINES, "lines"),
                                    sum("from the environment", "variable"),
                                    sum("machine it\n\tlogin \u00e9\n", "file"));
                    assertThat(built.view().data("add-mask"))
                            .contains("pa=ss,word", "-----END KEY-----", "from the environment", "machine it");
                    assertThat(built.shown())
                            .contains("***")
                            .doesNotContain("pa=ss,word", "ab, \"c\"", "END KEY", "from the environment", "machine it");
                });
    }

    private static String sum(String text, String name) {
        return Registry.digest(text.getBytes(StandardCharsets.UTF_8)).substring("sha256:".length()) + "  " + name;
    }

    private static InputsCase keys() {
        return InputsCase.of("keys", job -> {
                    job.file("keys/Dockerfile", SshKey.LISTS_KEYS.formatted(CommandLine.fresh()));
                    SshKey.addLister(job.workspace().resolve("keys"), job.machine());
                    SshKey key = SshKey.in(job.workspace(), job.machine());
                    Files.move(key.file(), job.workspace().resolve("id"));
                    Files.writeString(job.workspace().resolve("id.public"), key.publicKey());
                })
                .step(Map.of("context", "keys", "ssh", "default=id", "outputs", "type=tar,dest=keys.tar"))
                .then((told, job) -> {
                    succeeded(told.get(0));
                    assertThat(Files.readString(job.workspace().resolve("keys.tar"), StandardCharsets.ISO_8859_1))
                            .contains(Files.readString(job.workspace().resolve("id.public")));
                });
    }

    private static InputsCase sandbox() {
        return InputsCase.of("where steps run", job -> job.file("sandbox/Dockerfile", """
                        FROM BASE AS seen
                        RUN grep it.example /etc/hosts > /seen && df -k /dev/shm | awk 'NR == 2 { print $2 }' >> /seen && \
                            (ulimit -Sn; ulimit -Hn; ls /sys/class/net | grep -c .) >> /seen
                        FROM scratch
                        COPY --from=seen /seen /seen
                        """))
                .step(Map.of(
                        "context",
                        "sandbox",
                        "allow",
                        "network.host",
                        "network",
                        "host",
                        "add-hosts",
                        "it.example:10.1.2.3",
                        "shm-size",
                        "96m",
                        "ulimit",
                        "nofile=1000:2000",
                        "cgroup-parent",
                        "it",
                        "no-cache",
                        "true",
                        "outputs",
                        "sandbox-out"))
                .then((told, job) -> {
                    Told built = succeeded(told.get(0));
                    List<String> seen = Files.readAllLines(job.workspace().resolve("sandbox-out/seen"));
                    assertThat(seen).startsWith("10.1.2.3\tit.example", "98304", "1000", "2000");
                    assertThat(Integer.parseInt(seen.get(4)))
                            .as("network interfaces")
                            .isGreaterThan(1);
                    assertThat(built.view().plain()).contains("--cgroup-parent", "it");
                });
    }

    private static InputsCase registryCache() {
        String cache = Builder.image("cache");
        return InputsCase.of("caches in the registry", job -> job.file("cached/Dockerfile", fresh()))
                .step(Map.of("context", "cached", "cache-to", "type=registry,mode=max,ref=" + cache))
                .step(Map.of("context", "cached", "cache-from", "type=registry,ref=" + cache))
                .then((told, job) -> {
                    succeeded(told.get(0));
                    assertThat(Registry.read(cache).json().path("manifests").size()
                                    + Registry.read(cache).json().path("layers").size())
                            .isPositive();
                    assertThat(succeeded(told.get(1)).log()).contains("importing cache manifest from " + cache);
                });
    }

    private static String fresh() {
        return "FROM BASE\nRUN echo " + CommandLine.fresh() + "\n";
    }

    private static InputsCase localCache() {
        return InputsCase.of("caches in a directory and in the image", job -> job.file("local/Dockerfile", fresh()))
                .step(Map.of(
                        "context",
                        "local",
                        "cache-to",
                        "type=local,dest=layers\ntype=inline",
                        "outputs",
                        "type=oci,dest=image.tar"))
                .step(Map.of("context", "local", "cache-from", "type=local,src=layers"))
                .then((told, job) -> {
                    succeeded(told.get(0));
                    succeeded(told.get(1));
                    assertThat(job.workspace().resolve("layers/index.json")).exists();
                    assertThat(Archive.names(job.workspace().resolve("image.tar")))
                            .contains("index.json", "oci-layout");
                });
    }

    private static InputsCase cacheInOneWord() {
        String image = Builder.image("word");
        return InputsCase.of("a cache in one word", job -> job.file("word/Dockerfile", fresh()))
                .step(Map.of("context", "word", "tags", image, "push", "true", "cache", "registry"))
                .step(Map.of("context", "word", "tags", image, "push", "true", "cache", "registry"))
                .then((told, job) -> {
                    succeeded(told.get(0));
                    assertThat(succeeded(told.get(1)).log()).contains("importing cache manifest from", "buildcache-");
                });
    }

    private static InputsCase engine() {
        String image = Builder.image("loaded");
        return InputsCase.of("into the engine, without a word on the page", job -> job.file("load/Dockerfile", fresh()))
                .step(Map.of("context", "load", "tags", image, "load", "true", "summary", "false"))
                .then((told, job) -> {
                    try {
                        Told built = succeeded(told.get(0));
                        assertThat(built.summary()).isEmpty();
                        assertThat(job.machine()
                                        .docker("image", "inspect", "--format", "{{.Id}}", image)
                                        .lines())
                                .containsAnyOf(built.output("imageid"), built.output("digest"));
                    } finally {
                        job.machine().docker("image", "rm", "--force", image);
                    }
                });
    }

    private static InputsCase again() {
        String random = "RUN cat /proc/sys/kernel/random/uuid > ";
        Map<String, String> one = Map.of("context", "again", "outputs", "again-1");
        return InputsCase.of(
                        "what runs again",
                        job -> job.file(
                                "again/Dockerfile",
                                "FROM BASE AS first\n" + random + "/one\nFROM first AS second\n" + random
                                        + "/two\nFROM scratch\nCOPY --from=second /one /two /\n"))
                .step(one)
                .step(Map.of("context", "again", "pull", "true", "outputs", "again-2"))
                .step(Map.of("context", "again", "no-cache-filters", "second", "outputs", "again-3"))
                .step(Map.of("context", "again", "no-cache", "true", "outputs", "again-4"))
                .then((told, job) -> {
                    told.forEach(ActionInputsIT::succeeded);
                    List<String> ones = made(job, "one");
                    List<String> twos = made(job, "two");
                    assertThat(ones.get(1)).isEqualTo(ones.get(0));
                    assertThat(ones.get(2)).isEqualTo(ones.get(0));
                    assertThat(ones.get(3)).isNotEqualTo(ones.get(0));
                    assertThat(twos.get(1)).isEqualTo(twos.get(0));
                    assertThat(twos.get(2)).isNotEqualTo(twos.get(0));
                    assertThat(twos.get(3)).isNotEqualTo(twos.get(2));
                });
    }

    private static List<String> made(RunnerJob job, String file) throws Exception {
        List<String> contents = new ArrayList<>();
        for (int round = 1; round <= 4; round++) {
            contents.add(
                    Files.readString(job.workspace().resolve("again-" + round).resolve(file)));
        }
        return contents;
    }

    private static InputsCase attestations() {
        String generator = Builder.image("generator");
        String image = Builder.image("attested");
        String other = Builder.image("attested");
        return InputsCase.of("attestations", job -> {
                    job.file("attested/Dockerfile", fresh());
                    job.file("generator/Dockerfile", """
                            FROM BASE
                            COPY sbom.json /
                            CMD cp /sbom.json $BUILDKIT_SCAN_DESTINATION/sbom.spdx.json
                            """);
                    job.file(
                            "generator/sbom.json",
                            "{\"_type\": \"https://in-toto.io/Statement/v0.1\","
                                    + " \"predicateType\": \"https://spdx.dev/Document\","
                                    + " \"predicate\": {\"name\": \"generated\"}}");
                })
                .step(Map.of("context", "generator", "tags", generator, "push", "true", "provenance", "false"))
                .step(Map.of(
                        "context",
                        "attested",
                        "tags",
                        image,
                        "push",
                        "true",
                        "provenance",
                        "mode=min",
                        "sbom",
                        "generator=" + generator))
                .step(Map.of(
                        "context",
                        "attested",
                        "tags",
                        other,
                        "push",
                        "true",
                        "attests",
                        "type=provenance,mode=max\ntype=sbom,generator=" + generator))
                .then((told, job) -> {
                    told.forEach(ActionInputsIT::succeeded);
                    assertThat(Registry.read(generator).platforms()).isEmpty();
                    for (String attested : List.of(image, other)) {
                        Registry.Manifest attestations = Registry.read(attested).of("unknown/unknown");
                        assertThat(attestations.json().findValuesAsText("in-toto.io/predicate-type"))
                                .anyMatch(type -> type.startsWith("https://spdx.dev/"))
                                .anyMatch(type -> type.startsWith("https://slsa.dev/provenance/"));
                        assertThat(attestations.layers())
                                .anySatisfy(layer -> assertThat(JSON.readTree(layer)
                                                .at("/predicate/name")
                                                .asText())
                                        .isEqualTo("generated"));
                    }
                });
    }

    private static InputsCase checks() {
        return InputsCase.of("questions", job -> job.file("checks/Dockerfile", "FROM BASE as seen\nRUN echo\n"))
                .step(Map.of("context", "checks", "call", "check"))
                .step(Map.of("context", "checks", "call", "targets"))
                .then((told, job) -> {
                    assertThat(told.get(0).exit()).as(told.get(0).toString()).isEqualTo(1);
                    assertThat(told.get(0).view().all("warning"))
                            .singleElement()
                            .satisfies(warning -> assertThat(warning.properties())
                                    .containsEntry("title", "FromAsCasing")
                                    .containsEntry("file", "checks/Dockerfile")
                                    .containsEntry("line", "1"));
                    assertThat(succeeded(told.get(1)).view().plain()).anyMatch(line -> line.contains("seen (default)"));
                });
    }

    private static InputsCase limits() {
        return InputsCase.of("limits of time", job -> job.file("limits/Dockerfile", "FROM BASE\nRUN sleep 100\n"))
                .step(Map.of(
                        "context",
                        "limits",
                        "timeout",
                        "4s",
                        "inactivity-timeout",
                        "1m",
                        "retries",
                        "0",
                        "no-cache",
                        "true"))
                .then((told, job) -> {
                    assertThat(told.get(0).exit()).as(told.get(0).toString()).isNotZero();
                    assertThat(told.get(0).view().data("error"))
                            .singleElement()
                            .satisfies(error -> assertThat(error).contains("[timed-out]"));
                });
    }

    private static InputsCase daemon() {
        return InputsCase.of("a daemon of its own", job -> {
                    job.file("daemon/Dockerfile", "FROM scratch\nCOPY name /\n");
                    job.file("daemon/name", "made without Docker");
                })
                .step(Map.of(
                        "context",
                        "daemon",
                        "driver",
                        "buildkitd",
                        "client",
                        "buildctl",
                        "outputs",
                        "type=local,dest=daemon-out"))
                .then((told, job) -> {
                    succeeded(told.get(0));
                    assertThat(job.workspace().resolve("daemon-out/name")).hasContent("made without Docker");
                });
    }

    /** Nothing but the token lets BuildKit have the commit. */
    private static InputsCase commit() {
        return InputsCase.of(
                        "the commit of a private repository",
                        job -> job.untilItEnds(new ServedRepository(
                                job,
                                Map.of("app/Dockerfile", "FROM scratch\nCOPY name /\n", "app/name", "app"),
                                TOKEN)))
                .step(Map.of(
                        "builder",
                        withGit,
                        "context",
                        "{{defaultContext}}:app",
                        "github-token",
                        TOKEN,
                        "outputs",
                        "type=local,dest=commit"))
                .then((told, job) -> {
                    assertThat(succeeded(told.get(0)).shown()).doesNotContain(TOKEN);
                    assertThat(job.workspace().resolve("commit/name")).hasContent("app");
                });
    }
}
