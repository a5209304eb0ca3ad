package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code bin/release} in a clone of a small repository; Maven and Java are stand-ins that write and read a text. */
class ReleaseIT {
    private static final String MAVEN = """
            #!/bin/sh
            while [ "$1" != -f ]; do shift; done
            cd "$(dirname "$2")" && mkdir -p github-action/target
            sed -n 's/.*<version>\\(.*\\)<.*/program \\1/p' pom.xml > github-action/target/buildkit-ci.jar
            """;
    private static final String JAVA = "#!/bin/sh\nhead -n 1 \"$2\"\n";

    @TempDir
    Path folder;

    private CommandLine commandLine;
    private Path clone;

    @BeforeEach
    void aRepositoryOnItsWayTo123() throws Exception {
        CommandLine plain = CommandLine.in(folder, TESTBED.buildx());
        String path = folder.resolve("tools") + ":" + plain.environment().get("PATH");
        commandLine = plain.with("PATH", path);
        tool("mvn", MAVEN);
        tool("java", JAVA);
        run(folder, "git", "init", "--quiet", "--bare", "--initial-branch", "main", "origin.git");
        run(folder, "git", "clone", "--quiet", "origin.git", "clone");
        clone = folder.resolve("clone");
        write("pom.xml", "<version>1.2.3-SNAPSHOT</version>\n");
        write("github-action/pom.xml", "<version>1.2.3-SNAPSHOT</version>\n");
        write("README.md", "- uses: acme/ci/build-push@v1\n");
        write("dist/main.cjs", "// starts the jar\n");
        write(".gitignore", "target/\n");
        Files.createDirectories(clone.resolve("bin"));
        Files.copy(Workflows.ROOT.resolve("bin/release"), clone.resolve("bin/release"));
        commit("Sources");
        git("push", "--quiet", "origin", "HEAD:main");
    }

    @Test
    void onlyTheTagsSeeTheCommitWithTheJar() throws Exception {
        String source = git("rev-parse", "HEAD");

        assertThat(release("prepare", "1.2.3").exit()).isZero();
        assertThat(release("push", "1.2.3").exit()).isZero();

        String released = at("v1.2.3");
        assertThat(at("v1")).isEqualTo(released);
        assertThat(git("rev-parse", released + "^")).isEqualTo(source);
        assertThat(git("diff", "--name-only", source, released).lines())
                .containsExactly("dist/buildkit-ci.jar", "github-action/pom.xml", "pom.xml");
        assertThat(git("show", released + ":dist/buildkit-ci.jar")).isEqualTo("program 1.2.3");
        assertThat(origin("for-each-ref", "--contains", released, "--format", "%(refname)")
                        .lines())
                .containsExactly("refs/tags/v1", "refs/tags/v1.2.3");
        assertThat(origin("rev-parse", "main")).isEqualTo(source);
        assertThat(git("status", "--porcelain")).isEmpty();
        assertThat(git("worktree", "list").lines()).hasSize(1);
    }

    @Test
    void theJarIsPublishedWithItsChecksum() throws Exception {
        release("prepare", "1.2.3");

        Path files = clone.resolve("target/release");
        String sum = Registry.digest(Files.readAllBytes(files.resolve("buildkit-ci.jar")));
        assertThat(Files.readString(files.resolve("SHA256SUMS")))
                .isEqualTo(sum.substring("sha256:".length()) + "  buildkit-ci.jar\n");
    }

    @Test
    void whoeverPreparesItMakesTheSameCommit() throws Exception {
        run(folder, "git", "clone", "--quiet", "origin.git", "other");
        release("prepare", "1.2.3");
        String released = at("v1.2.3");
        clone = folder.resolve("other");
        release("prepare", "1.2.3");

        assertThat(at("v1.2.3")).isEqualTo(released);
    }

    @Test
    void aReleaseOfAnOlderLineDoesNotTakeTheMajorTagBack() throws Exception {
        git("push", "--quiet", "origin", "HEAD:1.2");
        nextIs("1.3.0");
        git("push", "--quiet", "origin", "HEAD:main");
        release("prepare", "1.3.0");
        release("push", "1.3.0");
        String newest = at("v1");
        git("checkout", "--quiet", "origin/1.2");

        assertThat(release("prepare", "1.2.3").exit()).isZero();
        assertThat(release("push", "1.2.3").exit()).isZero();

        assertThat(origin("rev-parse", "v1")).isEqualTo(newest);
        assertThat(origin("tag", "--list").lines()).containsExactly("v1", "v1.2.3", "v1.3.0");
    }

    /** What is wrong in a repository. */
    @FunctionalInterface
    private interface Wrong {
        void in(ReleaseIT test) throws Exception;
    }

    static Stream<Arguments> reasons() {
        Wrong uncommitted = test -> test.write("pom.xml", "");
        Wrong pom = test -> {
            test.write("github-action/pom.xml", "<version>1.2.2-SNAPSHOT</version>\n");
            test.commit("A module behind");
        };
        Wrong docs = test -> {
            test.write("README.md", "- uses: acme/ci/setup-qemu@v2\n");
            test.commit("Docs ahead");
        };
        Wrong tag = test -> {
            test.git("tag", "v1.2.3");
            test.git("push", "--quiet", "origin", "v1.2.3");
            test.git("tag", "--delete", "v1.2.3");
        };
        Wrong branch = test -> {
            test.write("README.md", "");
            test.commit("Seen by nobody");
        };
        Wrong builds = test -> test.tool("mvn", MAVEN + "date +%N >> github-action/target/buildkit-ci.jar\n");
        Wrong version = test -> test.tool("java", "#!/bin/sh\necho program 1.2.30\n");
        Wrong size =
                test -> test.tool("mvn", MAVEN + "head -c 9000000 /dev/zero >> github-action/target/buildkit-ci.jar\n");
        return Stream.of(
                Arguments.of("not committed", uncommitted),
                Arguments.of("github-action/pom.xml does not say 1.2.3-SNAPSHOT", pom),
                Arguments.of("use v2, not v1", docs),
                Arguments.of("v1.2.3 is there already", tag),
                Arguments.of("neither origin/main nor origin/1.2", branch),
                Arguments.of("differ", builds),
                Arguments.of("not 1.2.3", version),
                Arguments.of("too much", size));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reasons")
    void saysWhyItRefusesAndTagsNothing(String reason, Wrong wrong) throws Exception {
        wrong.in(this);

        Said said = release("prepare", "1.2.3");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("release: ").contains(reason);
        assertThat(git("tag", "--list", "v1")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("noVersions")
    void takesAVersionOfThreeNumbersOnly(String text) throws Exception {
        assertThat(release("prepare", text).err()).contains("usage:");
    }

    static Stream<String> noVersions() {
        return Stream.of("v1.2.3", "1.2", "1.2.3-rc1", "01.2.3", "1.2.3;id", "");
    }

    private Said release(String stage, String version) throws IOException, InterruptedException {
        return commandLine.inDirectory(clone).program(Path.of("bash"), "bin/release", stage, version);
    }

    private void nextIs(String version) throws IOException, InterruptedException {
        write("pom.xml", "<version>" + version + "-SNAPSHOT</version>\n");
        write("github-action/pom.xml", "<version>" + version + "-SNAPSHOT</version>\n");
        commit("On to " + version);
    }

    private void commit(String message) throws IOException, InterruptedException {
        git("add", "--all");
        git("-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", message);
    }

    private void write(String file, String text) throws IOException {
        Path path = clone.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void tool(String name, String script) throws IOException {
        Path file = folder.resolve("tools").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String at(String tag) throws IOException, InterruptedException {
        return git("rev-parse", tag + "^{commit}");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        return run(clone, Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String origin(String... arguments) throws IOException, InterruptedException {
        return run(
                folder.resolve("origin.git"),
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String run(Path directory, String... words) throws IOException, InterruptedException {
        List<String> arguments = List.of(words).subList(1, words.length);
        Said said = commandLine.inDirectory(directory).program(Path.of(words[0]), arguments.toArray(String[]::new));
        assertThat(said.exit()).as(said.toString()).isZero();
        return said.out().strip();
    }
}
