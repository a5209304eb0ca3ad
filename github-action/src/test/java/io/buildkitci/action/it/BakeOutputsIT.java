package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that targets of a definition make, in the directory of the definition, which is not the one that we run in. */
class BakeOutputsIT {
    private static final long LARGE = 24 << 20;

    @AutoClose
    private static final Builder BUILDER = Builder.of(Driver.DOCKER_CONTAINER);

    private final Path source = BUILDER.folder().resolve("bake-" + CommandLine.fresh());
    private final Path out = source.resolve("out");

    @BeforeEach
    void define() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("other"), "stays");
        Files.writeString(source.resolve("Dockerfile"), """
                FROM %s AS made
                ARG MARK=none
                ARG TARGETPLATFORM
                RUN test "$MARK" != bad && echo $MARK $TARGETPLATFORM > /made
                RUN dd if=/dev/urandom of=/large bs=1M count=24 2> /dev/null
                FROM scratch
                COPY --from=made /made /large /
                """.formatted(TESTBED.base()));
        Files.writeString(source.resolve("docker-bake.hcl"), """
                variable "MARK" { default = "none" }
                group "default" { targets = ["files", "archive", "image"] }
                target "files" {
                  args = { MARK = MARK }
                  platforms = ["linux/amd64", "linux/386"]
                  output = ["type=local,dest=out"]
                }
                target "archive" {
                  args = { MARK = MARK }
                  output = ["type=tar,dest=out/made.tar"]
                }
                target "image" {
                  args = { MARK = MARK }
                  output = ["type=oci,dest=out/image.tar"]
                }
                """);
    }

    private String[] arguments(String... more) throws Exception {
        return Stream.of(
                        Stream.of("bake", "--builder", BUILDER.name(), "--source", source.toString(), "--json"),
                        Stream.of(more))
                .flatMap(all -> all)
                .toArray(String[]::new);
    }

    /** Which empties them as soon as it reads the definition. */
    @Test
    void areThereAfterAGoodBuildByAnOldBuildxOfWhichItIsTold() throws Exception {
        Said said = BUILDER.through(TESTBED.oldBuildx()).run(arguments("--vars", "MARK=one"));

        assertThat(said.exit()).as(said.toString()).isZero();
        assertWhole("one");
        assertThat(Reported.texts(said.json().path("notes")))
                .anyMatch(note -> note.contains("empties files that outputs name"));
        assertThat(beside()).isEmpty();
    }

    private Said bake(String... more) throws Exception {
        return BUILDER.commandLine().run(arguments(more));
    }

    private List<String> beside() throws IOException {
        return FilesBelow.all(BUILDER.folder()).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.contains(".fresh-"))
                .toList();
    }

    /** Each file is of one of these runs. */
    private void assertWhole(String... marks) throws Exception {
        for (String platform : List.of("amd64", "386")) {
            Path made = out.resolve("linux_" + platform);
            assertThat(made.resolve("made")).content().isIn(of(platform, marks));
            assertThat(made.resolve("large")).hasSize(LARGE);
        }
        assertThat(out.resolve("other")).hasContent("stays");
        Path into = source.resolve("unpacked-" + CommandLine.fresh());
        WholeFiles.unpacked(out.resolve("made.tar"), into);
        assertThat(into.resolve("made")).content().isIn(of("amd64", marks));
        assertThat(into.resolve("large")).hasSize(LARGE);
        WholeFiles.assertLayoutsAreWhole(WholeFiles.unpacked(out.resolve("image.tar"), into.resolve("image")));
        Builder.delete(into);
    }

    private static List<String> of(String platform, String... marks) {
        return Stream.of(marks).map(mark -> mark + " linux/" + platform + "\n").toList();
    }

    @Test
    void areThereAfterAGoodBuildAndTheOldOnesAfterABadOne() throws Exception {
        assertThat(bake("--vars", "MARK=one").exit()).isZero();
        assertWhole("one");
        Map<String, String> before = WholeFiles.of(out);

        Said bad = bake("--vars", "MARK=bad");
        Said other = bake(
                "--vars", "MARK=two", "--set", "*.output=type=docker,dest=out/docker.tar,name=its/bake:two", "image");

        assertThat(bad.exit()).as(bad.toString()).isEqualTo(1);
        assertThat(other.exit()).as(other.toString()).isZero();
        Map<String, String> after = WholeFiles.of(out);
        assertThat(after.remove("docker.tar")).isNotNull();
        assertThat(after).isEqualTo(before);
        assertThat(Archive.names(out.resolve("docker.tar"))).contains("manifest.json");
        assertThat(beside()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areTheOldOnesOrTheNewOnesWhereSomethingWasKilledThatWroteThem(boolean us) throws Exception {
        assertThat(bake("--vars", "MARK=one").exit()).isZero();
        Map<String, String> before = WholeFiles.of(out);

        Said said;
        try (Running running = BUILDER.commandLine().start(arguments("--vars", "MARK=two"))) {
            while (beside().isEmpty() && running.handle().isAlive()) {
                Thread.sleep(10);
            }
            (us ? Stream.of(running.handle()) : running.handle().descendants().filter(BakeOutputsIT::isBuildx))
                    .forEach(ProcessHandle::destroyForcibly);
            said = running.end();
        }

        assertThat(said.exit()).as(said.toString()).isIn(0, us ? 137 : 3);
        Said gc = BUILDER.commandLine().run("doctor", "--gc", "--builder", BUILDER.name());
        assertThat(gc.exit()).as(gc.toString()).isZero();
        assertThat(beside()).isEmpty();
        assertThat(WholeFiles.of(out)).containsOnlyKeys(before.keySet());
        assertWhole("one", "two");
    }

    private static boolean isBuildx(ProcessHandle process) {
        return process.info().command().orElse("").contains("buildx");
    }
}
