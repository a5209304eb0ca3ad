package io.jenkins.plugins.buildkit.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.FilePath;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.HostFilesContract;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes")
class AgentFilesTest implements HostFilesContract {
    private final CountingChannel channel = new CountingChannel();

    @TempDir
    Path root;

    @Override
    public HostFiles files() {
        return new KnownFiles(new Answers(), new AgentFiles(new FilePath(channel, root.toString())));
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    @Override
    public void makeExecutable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void relativePathsBeginAtTheWorkspace() throws IOException {
        Files.writeString(root.resolve("Dockerfile"), "FROM scratch");

        assertThat(files().read(Path.of("Dockerfile"))).contains("FROM scratch");
        assertThat(files().isDirectory(Path.of("."))).isTrue();
        assertThat(files().isDirectory(Path.of(""))).isTrue();
        files().replaceDirectory(Files.createDirectory(root.resolve("fresh")).getFileName(), Path.of("cache"));
        assertThat(root.resolve("cache")).isDirectory();
    }

    @Test
    void everyQuestionIsOneRoundTrip() throws IOException {
        files().isReadable(root.resolve("a"));
        files().write(root.resolve("a"), "x".getBytes(UTF_8));
        files().read(root.resolve("a"));

        assertThat(channel.takeCalls()).isEqualTo(3);
    }

    @Test
    void theSystemsOwnWordsCrossTheConnection() {
        assertThatThrownBy(() -> files().write(Path.of("/dev/full"), "x".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        e -> assertThat(e.getReason()).isEqualTo("No space left on device"));
    }

    @Test
    void anInterruptDoesNotSpoilAnAnswerAndIsKept() throws IOException {
        Files.writeString(root.resolve("file"), "text");
        Thread.currentThread().interrupt();

        assertThat(files().read(root.resolve("file"))).contains("text");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anAgentThatIsGoneHasNoFilesThatAreMissing() {
        channel.breakDown();

        assertThatThrownBy(() -> files().read(root.resolve("file"))).isInstanceOf(AgentGone.class);
        assertThatThrownBy(() -> files().write(root.resolve("file"), new byte[0]))
                .isInstanceOf(AgentGone.class);
    }
}
