package io.buildkitci.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files of a machine that is not there: no links, no modes but "executable".
 *
 * <pre>{@code
 * InMemoryFiles files = new InMemoryFiles()
 *         .with("/proc/sys/fs/binfmt_misc/status", "enabled\n")
 *         .withExecutable("/usr/bin/qemu-aarch64-static");
 * files.onWrite("/proc/sys/fs/binfmt_misc/register", line -> files.with("/proc/…", …));   // play the kernel
 * files.refuse("/etc/x", "Permission denied");
 * }</pre>
 */
public final class InMemoryFiles implements HostFiles {
    /** What is at a path; content is empty for a directory. */
    private record Entry(Optional<byte[]> content, boolean executable) {
        static final Entry DIRECTORY = new Entry(Optional.empty(), false);
    }

    /** Plays what a kernel's file does when it is written to. */
    @FunctionalInterface
    public interface Kernel {
        void written(byte[] content) throws IOException;
    }

    /** One call of {@link HostFiles#write}. */
    public record Write(Path file, String content) {}

    private final TreeMap<Path, Entry> entries = new TreeMap<>();
    private final Map<Path, Kernel> kernels = new HashMap<>();
    private final List<Write> writes = new ArrayList<>();

    /** A file with the directories it lies in. */
    public InMemoryFiles with(String file, String content) {
        return put(Path.of(file), new Entry(Optional.of(content.getBytes(UTF_8)), false));
    }

    public InMemoryFiles withExecutable(String file) {
        return put(Path.of(file), new Entry(Optional.of(new byte[0]), true));
    }

    /** A file of any content. */
    InMemoryFiles with(Path file, byte[] content, boolean executable) {
        return put(file, new Entry(Optional.of(content.clone()), executable));
    }

    public InMemoryFiles withDirectory(String directory) {
        return put(Path.of(directory), Entry.DIRECTORY);
    }

    /** Whoever writes to the file is answered by the kernel played here; nothing is kept. */
    public synchronized InMemoryFiles onWrite(String file, Kernel kernel) {
        kernels.put(Path.of(file), kernel);
        return this;
    }

    /** Writing to the file fails, in the system's words. */
    public InMemoryFiles refuse(String file, String reason) {
        return onWrite(file, content -> {
            throw new FileSystemException(file, null, reason);
        });
    }

    /** Every write, in order; those that were refused too. */
    public synchronized List<Write> writes() {
        return List.copyOf(writes);
    }

    /** Paths of all that there is, sorted. */
    public synchronized List<String> paths() {
        return entries.keySet().stream().map(Path::toString).toList();
    }

    private synchronized InMemoryFiles put(Path path, Entry entry) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            entries.putIfAbsent(above, Entry.DIRECTORY);
        }
        entries.put(path, entry);
        return this;
    }

    @Override
    public synchronized Optional<String> read(Path file) {
        return content(file).map(bytes -> new String(bytes, UTF_8));
    }

    /** The bytes of a file; empty when there is none. */
    public synchronized Optional<byte[]> content(Path file) {
        return Optional.ofNullable(entries.get(file)).flatMap(Entry::content);
    }

    @Override
    public synchronized List<String> list(Path directory) {
        return entries.keySet().stream()
                .filter(path -> directory.equals(path.getParent()))
                .map(path -> String.valueOf(path.getFileName()))
                .sorted()
                .toList();
    }

    @Override
    public synchronized boolean isDirectory(Path path) {
        return Entry.DIRECTORY.equals(entries.get(path));
    }

    @Override
    public synchronized boolean isReadable(Path path) {
        return read(path).isPresent();
    }

    @Override
    public synchronized boolean isExecutable(Path path) {
        return Optional.ofNullable(entries.get(path)).filter(Entry::executable).isPresent();
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        Optional<Kernel> kernel;
        synchronized (this) {
            writes.add(new Write(file, new String(content, UTF_8)));
            kernel = Optional.ofNullable(kernels.get(file));
            if (kernel.isEmpty()) {
                keep(file, content);
            }
        }
        if (kernel.isPresent()) {
            kernel.get().written(content.clone());
        }
    }

    @Override
    public synchronized void replace(Path file, byte[] content) throws IOException {
        keep(file, content);
    }

    @Override
    public synchronized void append(Path file, byte[] content) throws IOException {
        byte[] before = content(file).orElse(new byte[0]);
        byte[] both = Arrays.copyOf(before, before.length + content.length);
        System.arraycopy(content, 0, both, before.length, content.length);
        keep(file, both);
    }

    @Override
    public synchronized void writePrivate(Path file, byte[] content) throws IOException {
        for (Path above = file.getParent(); above != null; above = above.getParent()) {
            entries.putIfAbsent(above, Entry.DIRECTORY);
        }
        keep(file, content);
    }

    private void keep(Path file, byte[] content) throws IOException {
        Path directory = file.getParent();
        if (directory == null || !isDirectory(directory)) {
            throw new NoSuchFileException(file.toString());
        }
        if (isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "Is a directory");
        }
        entries.put(file, new Entry(Optional.of(Arrays.copyOf(content, content.length)), isExecutable(file)));
    }

    @Override
    public synchronized void remove(Path path) {
        entries.keySet().removeIf(other -> other.startsWith(path));
    }

    @Override
    public synchronized void replaceDirectory(Path fresh, Path target) throws IOException {
        if (!entries.containsKey(fresh)) {
            throw new NoSuchFileException(fresh.toString());
        }
        if (!isDirectory(fresh)) {
            throw new NotDirectoryException(fresh.toString());
        }
        remove(target);
        move(fresh, target);
    }

    private void move(Path from, Path to) {
        for (Map.Entry<Path, Entry> moved : Map.copyOf(entries).entrySet()) {
            if (moved.getKey().startsWith(from)) {
                entries.remove(moved.getKey());
                put(moved.getKey().equals(from) ? to : to.resolve(from.relativize(moved.getKey())), moved.getValue());
            }
        }
    }

    @Override
    public synchronized void deliver(Path fresh, Path target) throws IOException {
        if (isDirectory(target) && entries.containsKey(fresh) && !isDirectory(fresh)) {
            throw new FileSystemException(target.toString(), null, "is a directory");
        }
        move(fresh, target);
    }

    /** Nobody is killed in here. */
    @Override
    public void recoverDirectory(Path target) {}
}
