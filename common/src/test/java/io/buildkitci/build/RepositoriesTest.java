package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.local.LocalFiles;
import io.buildkitci.local.LocalProcessRunner;
import io.buildkitci.model.BuildRequest.Source;
import io.buildkitci.model.Setting;
import io.buildkitci.plan.Capabilities.LocalSources;
import io.buildkitci.plan.Capabilities.Repository;
import io.buildkitci.process.Command;
import io.buildkitci.process.FakeProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On repositories that the real git makes. */
class RepositoriesTest {
    private final LocalProcessRunner processes = new LocalProcessRunner();

    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void aRepositoryWithAnApp() throws Exception {
        root = folder.toRealPath().resolve("root");
        Files.createDirectories(root.resolve("app/docker"));
        git("init", "--quiet", "--initial-branch", "main");
    }

    @Test
    void saysWhatIsCheckedOutAndWhereItComesFrom() throws Exception {
        git("commit", "--quiet", "--allow-empty", "--message", "first");
        git("remote", "add", "upstream", "https://git.example/up.git");
        git("remote", "add", "origin", "https://me:secret@git.example/app.git");

        LocalSources sources = look(source(root.resolve("app"), root.resolve("app/docker/Dockerfile")));

        Repository repository = sources.repository().orElseThrow();
        assertThat(repository.revision()).contains(git("rev-parse", "HEAD").strip());
        assertThat(repository.remote()).contains("https://xxxxx:xxxxx@git.example/app.git");
        assertThat(repository.paths())
                .containsEntry(root.resolve("app").toString(), "app")
                .containsEntry(root.resolve("app/docker").toString(), "app/docker");
        assertThat(sources.directories())
                .containsExactlyInAnyOrder(root.resolve("app").toString());
    }

    @Test
    void theRemoteOfTheBranchComesFirst() throws Exception {
        git("commit", "--quiet", "--allow-empty", "--message", "first");
        git("remote", "add", "origin", "https://git.example/app.git");
        git("remote", "add", "fork", "https://git.example/fork.git");
        git("update-ref", "refs/remotes/fork/main", "HEAD");
        git("branch", "--quiet", "--set-upstream-to", "fork/main");

        assertThat(look(source(root, root.resolve("Dockerfile"))).repository().flatMap(Repository::remote))
                .contains("https://git.example/fork.git");
    }

    @Test
    void beforeTheFirstCommitThereIsNoRevision() throws Exception {
        Repository repository =
                look(source(root, root.resolve("Dockerfile"))).repository().orElseThrow();

        assertThat(repository.revision()).isEmpty();
        assertThat(repository.remote()).isEmpty();
        assertThat(repository.paths()).containsEntry(root.toString(), ".");
    }

    @Test
    void outsideOfRepositoriesGitIsNotCalled() throws Exception {
        FakeProcessRunner none = new FakeProcessRunner();
        Path plain = Files.createDirectories(folder.resolve("plain"));

        LocalSources sources =
                new Repositories(none, new LocalFiles()).look(source(plain, plain.resolve("Dockerfile")));

        assertThat(sources.repository()).isEmpty();
        assertThat(none.commands()).isEmpty();
    }

    @Test
    void aContextFromElsewhereIsNoDirectoryHere() throws Exception {
        Source source = new Source(
                "https://git.example/app.git",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(new Setting("lib", root.toString()), new Setting("base", "docker-image://alpine")),
                Optional.empty());

        assertThat(look(source).directories()).containsExactly(root.toString());
        assertThat(look(source).repository()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example/a.git, https://git.example/a.git",
        "https://me@git.example/a.git, https://xxxxx@git.example/a.git",
        "https://me:pw@git.example/a.git, https://xxxxx:xxxxx@git.example/a.git",
        "git@git.example:a.git, git@git.example:a.git"
    })
    void hidesCredentialsAsBuildxDoes(String url, String shown) {
        assertThat(Repositories.withoutCredentials(url)).isEqualTo(shown);
    }

    private LocalSources look(Source source) throws InterruptedException {
        return new Repositories(processes, new LocalFiles()).look(source);
    }

    private static Source source(Path context, Path file) {
        return new Source(
                context.toString(),
                Optional.of(file.toString()),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(
                List.of("git", "-C", root.toString(), "-c", "user.name=a", "-c", "user.email=a@b.example"));
        argv.addAll(List.of(arguments));
        var said = processes.capture(Command.of(argv));
        if (!said.succeeded()) {
            throw new IOException(said.err());
        }
        return said.out();
    }
}
