package io.jenkins.plugins.buildkit.agent;

import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files of which some answers are known without asking; writing forgets them. */
final class KnownFiles implements HostFiles {
    private final Answers answers;
    private final HostFiles files;

    KnownFiles(Answers answers, HostFiles files) {
        this.answers = answers;
        this.files = files;
    }

    @Override
    public Optional<String> read(Path file) {
        return answers.text(file).orElseGet(() -> files.read(file));
    }

    @Override
    public List<String> list(Path directory) {
        return answers.names(directory).orElseGet(() -> files.list(directory));
    }

    @Override
    public boolean isDirectory(Path path) {
        return answers.is(Answers.Kind.DIRECTORY, path).orElseGet(() -> files.isDirectory(path));
    }

    @Override
    public boolean isReadable(Path path) {
        return answers.is(Answers.Kind.READABLE, path).orElseGet(() -> files.isReadable(path));
    }

    @Override
    public boolean isExecutable(Path path) {
        return answers.is(Answers.Kind.EXECUTABLE, path).orElseGet(() -> files.isExecutable(path));
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        answers.forget();
        files.write(file, content);
    }

    @Override
    public void append(Path file, byte[] content) throws IOException {
        answers.forget();
        files.append(file, content);
    }

    @Override
    public void writePrivate(Path file, byte[] content) throws IOException {
        answers.forget();
        files.writePrivate(file, content);
    }

    @Override
    public void remove(Path path) throws IOException {
        answers.forget();
        files.remove(path);
    }

    @Override
    public void replaceDirectory(Path fresh, Path target) throws IOException {
        answers.forget();
        files.replaceDirectory(fresh, target);
    }

    @Override
    public void recoverDirectory(Path target) throws IOException {
        answers.forget();
        files.recoverDirectory(target);
    }
}
