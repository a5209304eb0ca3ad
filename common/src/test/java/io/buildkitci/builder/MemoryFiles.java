package io.buildkitci.builder;

import io.buildkitci.process.HostFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files that are only read here; every one of them can be executed. */
final class MemoryFiles implements HostFiles {
    private final Map<Path, String> texts = new TreeMap<>();

    MemoryFiles with(String path, String text) {
        texts.put(Path.of(path), text);
        return this;
    }

    @Override
    public Optional<String> read(Path file) {
        return Optional.ofNullable(texts.get(file));
    }

    @Override
    public List<String> list(Path directory) {
        return texts.keySet().stream()
                .filter(p -> directory.equals(p.getParent()))
                .map(p -> p.getFileName().toString())
                .toList();
    }

    @Override
    public boolean isDirectory(Path path) {
        return !list(path).isEmpty();
    }

    @Override
    public boolean isReadable(Path path) {
        return texts.containsKey(path);
    }

    @Override
    public boolean isExecutable(Path path) {
        return texts.containsKey(path);
    }

    @Override
    public void write(Path file, byte[] content) {
        texts.put(file, new String(content, StandardCharsets.UTF_8));
    }

    @Override
    public void remove(Path path) {
        texts.remove(path);
    }

    @Override
    public void replaceDirectory(Path fresh, Path target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recoverDirectory(Path target) {
        throw new UnsupportedOperationException();
    }
}
