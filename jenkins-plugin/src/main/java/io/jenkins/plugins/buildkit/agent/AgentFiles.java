package io.jenkins.plugins.buildkit.agent;

import hudson.FilePath;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The agent's files, as its own JVM sees them. A method throws {@link AgentGone} when the connection breaks. */
final class AgentFiles implements HostFiles {
    private final Reach reach;
    private final FilePath workspace;

    AgentFiles(FilePath workspace) {
        this.reach = new Reach(workspace);
        this.workspace = workspace;
    }

    @Override
    public Optional<String> read(Path file) {
        String[] text = reach.look(file.toString(), new FileWork.Read());
        return text.length == 0 ? Optional.empty() : Optional.of(text[0]);
    }

    @Override
    public List<String> list(Path directory) {
        return List.of(reach.look(directory.toString(), new FileWork.Names()));
    }

    @Override
    public boolean isDirectory(Path path) {
        return reach.look(path.toString(), new FileWork.Is(FileWork.Test.DIRECTORY));
    }

    @Override
    public boolean isReadable(Path path) {
        return reach.look(path.toString(), new FileWork.Is(FileWork.Test.READABLE));
    }

    @Override
    public boolean isExecutable(Path path) {
        return reach.look(path.toString(), new FileWork.Is(FileWork.Test.EXECUTABLE));
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        reach.ask(file.toString(), new FileWork.Put(FileWork.Way.WRITE, content));
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        reach.ask(file.toString(), new FileWork.Put(FileWork.Way.REPLACE, content));
    }

    @Override
    public void append(Path file, byte[] content) throws IOException {
        reach.ask(file.toString(), new FileWork.Put(FileWork.Way.APPEND, content));
    }

    @Override
    public void writePrivate(Path file, byte[] content) throws IOException {
        reach.ask(file.toString(), new FileWork.Put(FileWork.Way.PRIVATE, content));
    }

    @Override
    public void remove(Path path) throws IOException {
        reach.ask(path.toString(), new FileWork.Remove());
    }

    @Override
    public void replaceDirectory(Path fresh, Path target) throws IOException {
        reach.ask(target.toString(), new FileWork.Replace(absolute(fresh)));
    }

    @Override
    public void deliver(Path fresh, Path target) throws IOException {
        reach.ask(target.toString(), new FileWork.Deliver(absolute(fresh)));
    }

    @Override
    public void link(Path directory, Path other) {
        reach.look(directory.toString(), new FileWork.Link(absolute(other)));
    }

    private String absolute(Path path) {
        return new FilePath(workspace, path.toString()).getRemote();
    }

    @Override
    public void recoverDirectory(Path target) throws IOException {
        reach.ask(target.toString(), new FileWork.Recover());
    }
}
