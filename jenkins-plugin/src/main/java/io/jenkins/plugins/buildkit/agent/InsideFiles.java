package io.jenkins.plugins.buildkit.agent;

import hudson.Proc;
import io.buildkitci.process.HostFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Files as the step's processes see them, when they run in a container. The workspace and what lies beside it is mounted
 * there at the same place and handled from outside; everything else is only read, by one small process for each question.
 */
final class InsideFiles implements HostFiles {
    private static final int LARGEST_TEXT = 64 * 1024 * 1024;
    private static final String TEXT = "IFS=; [ -f $1 ] && [ -r $1 ] && head -c " + (LARGEST_TEXT + 1) + " $1";
    private static final String NAMES =
            "IFS=; set -f; cd $1 || exit; set +f; for n in * .[!.]* ..?*; do [ -e $n ] || [ -h $n ] && printf '%s\\0' $n; done";

    private static final String DELIVERY =
            "if [ -d $1 ]; then mkdir -p $d && cp -a $1/. $d && rm -rf $1; elif [ -e $1 ]; then [ ! -d $d ] && mv -f $1 $d; fi";

    private final Launching launching;
    private final HostFiles outside;
    private final List<String> shared;

    /** @param shared directories that are the same inside and outside */
    InsideFiles(Launching launching, HostFiles outside, List<String> shared) {
        this.launching = launching;
        this.outside = outside;
        this.shared = List.copyOf(shared);
    }

    private boolean isShared(Path path) {
        String text = path.toString();
        return !text.startsWith("/") || shared.stream().anyMatch(s -> text.equals(s) || text.startsWith(s + "/"));
    }

    private record Said(int status, ByteArrayOutputStream out) {
        String text() {
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    /** An interrupt ends the process and is kept for whoever waits next. */
    private Said sh(String script, Path path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> argv = List.of("sh", "-c", script, "sh", path.toString());
        try {
            Proc process = launching.start(argv, Map.of(), "", new Launching.Streams(out, new ByteArrayOutputStream()));
            return new Said(process.join(), out);
        } catch (InterruptedException | InterruptedIOException e) {
            Thread.currentThread().interrupt();
            return new Said(-1, new ByteArrayOutputStream());
        } catch (IOException e) {
            throw new AgentGone(e);
        }
    }

    private boolean test(String script, Path path) {
        return sh("IFS=; " + script, path).status() == 0;
    }

    @Override
    public Optional<String> read(Path file) {
        if (isShared(file)) {
            return outside.read(file);
        }
        Said said = sh(TEXT, file);
        return said.status() == 0 && said.out().size() <= LARGEST_TEXT ? Optional.of(said.text()) : Optional.empty();
    }

    @Override
    public List<String> list(Path directory) {
        if (isShared(directory)) {
            return outside.list(directory);
        }
        String names = sh(NAMES, directory).text();
        return names.isEmpty()
                ? List.of()
                : List.of(names.split("\0")).stream().sorted().toList();
    }

    @Override
    public boolean isDirectory(Path path) {
        return isShared(path) ? outside.isDirectory(path) : test("[ -d $1 ]", path);
    }

    @Override
    public boolean isReadable(Path path) {
        return isShared(path) ? outside.isReadable(path) : test("[ -r $1 ] && [ ! -d $1 ]", path);
    }

    @Override
    public boolean isExecutable(Path path) {
        return isShared(path) ? outside.isExecutable(path) : test("[ -f $1 ] && [ -x $1 ]", path);
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        onlyShared(file).write(file, content);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        if (isShared(file)) {
            outside.replace(file, content);
            return;
        }
        Path fresh = Path.of(shared.get(shared.size() - 1), ".buildkit-ci.fresh-" + UUID.randomUUID());
        try {
            outside.replace(fresh, content);
            deliver(fresh, file);
        } finally {
            outside.remove(fresh);
        }
    }

    @Override
    public void append(Path file, byte[] content) throws IOException {
        onlyShared(file).append(file, content);
    }

    @Override
    public void writePrivate(Path file, byte[] content) throws IOException {
        onlyShared(file).writePrivate(file, content);
    }

    @Override
    public void remove(Path path) throws IOException {
        onlyShared(path).remove(path);
    }

    @Override
    public void replaceDirectory(Path fresh, Path target) throws IOException {
        onlyShared(target).replaceDirectory(fresh, target);
    }

    /** Elsewhere in the container there is a shell only: a file by one rename, a directory's files copied. */
    @Override
    public void deliver(Path fresh, Path target) throws IOException {
        if (isShared(target)) {
            outside.deliver(fresh, target);
        } else if (sh("IFS=; set -f; d=" + quoted(target) + "; " + DELIVERY, fresh)
                        .status()
                != 0) {
            throw new FileSystemException(target.toString(), null, "it could not be put there in the step's container");
        }
    }

    @Override
    public void link(Path directory, Path other) {
        if (isShared(directory) && isShared(other)) {
            outside.link(directory, other);
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    /** Nothing outside the workspace was ever replaced. */
    @Override
    public void recoverDirectory(Path target) throws IOException {
        if (isShared(target)) {
            outside.recoverDirectory(target);
        }
    }

    private HostFiles onlyShared(Path path) throws IOException {
        if (isShared(path)) {
            return outside;
        }
        throw new FileSystemException(
                path.toString(), null, "it lies in the container of the step; use a path in the workspace");
    }
}
