package io.jenkins.plugins.buildkit.agent;

import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files of which some answers are known without asking; writing forgets them. */
final class KnownFiles implements HostFiles {
    /** The workspace, as processes that run in it can call it, see {@link Agent#context}. */
    static final Path HERE = Path.of("/proc/self/cwd");

    private final Answers answers;
    private final HostFiles files;

    KnownFiles(Answers answers, HostFiles files) {
        this.answers = answers;
        this.files = files;
    }

    /** The agent's JVM runs elsewhere: what lies here for the step's processes is relative to the workspace. */
    private static Path seen(Path path) {
        if (!path.startsWith(HERE)) {
            return path;
        }
        return path.equals(HERE) ? Path.of(".") : Path.of(".").resolve(HERE.relativize(path));
    }

    @Override
    public Optional<String> read(Path file) {
        return answers.text(seen(file)).orElseGet(() -> files.read(seen(file)));
    }

    @Override
    public List<String> list(Path directory) {
        return answers.names(seen(directory)).orElseGet(() -> files.list(seen(directory)));
    }

    @Override
    public boolean isDirectory(Path path) {
        return answers.is(Answers.Kind.DIRECTORY, seen(path)).orElseGet(() -> files.isDirectory(seen(path)));
    }

    @Override
    public boolean isReadable(Path path) {
        return answers.is(Answers.Kind.READABLE, seen(path)).orElseGet(() -> files.isReadable(seen(path)));
    }

    @Override
    public boolean isExecutable(Path path) {
        return answers.is(Answers.Kind.EXECUTABLE, seen(path)).orElseGet(() -> files.isExecutable(seen(path)));
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        answers.forget();
        files.write(seen(file), content);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        answers.forget();
        files.replace(seen(file), content);
    }

    @Override
    public void append(Path file, byte[] content) throws IOException {
        answers.forget();
        files.append(seen(file), content);
    }

    @Override
    public void writePrivate(Path file, byte[] content) throws IOException {
        answers.forget();
        files.writePrivate(seen(file), content);
    }

    @Override
    public void remove(Path path) throws IOException {
        answers.forget();
        files.remove(seen(path));
    }

    @Override
    public void replaceDirectory(Path fresh, Path target) throws IOException {
        answers.forget();
        files.replaceDirectory(seen(fresh), seen(target));
    }

    @Override
    public void deliver(Path fresh, Path target) throws IOException {
        answers.forget();
        files.deliver(seen(fresh), seen(target));
    }

    @Override
    public void link(Path directory, Path other) {
        answers.forget();
        files.link(seen(directory), seen(other));
    }

    @Override
    public void recoverDirectory(Path target) throws IOException {
        answers.forget();
        files.recoverDirectory(seen(target));
    }
}
