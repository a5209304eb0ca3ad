package io.jenkins.plugins.buildkit.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the agent's files already, so that nobody has to ask again; forgotten as soon as somebody may have
 * changed them.
 */
final class Answers {
    /** Kinds of questions. */
    enum Kind {
        TEXT,
        NAMES,
        DIRECTORY,
        READABLE,
        EXECUTABLE
    }

    private static final String YES = "1";
    private static final String NAME_END = "/";

    private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

    /** @param answer empty for a file that cannot be read, a directory that is not there, a no */
    void add(Kind kind, String path, Optional<String> answer) {
        known.put(key(kind, path), answer);
    }

    void add(Kind kind, String path, boolean yes) {
        add(kind, path, yes ? Optional.of(YES) : Optional.empty());
    }

    void addNames(String directory, List<String> names) {
        add(Kind.NAMES, directory, Optional.of(String.join(NAME_END, names)));
    }

    /** The outer optional is empty when it is not known. */
    Optional<Optional<String>> text(Path file) {
        return Optional.ofNullable(known.get(key(Kind.TEXT, file.toString())));
    }

    Optional<Boolean> is(Kind kind, Path path) {
        return Optional.ofNullable(known.get(key(kind, path.toString()))).map(Optional::isPresent);
    }

    Optional<List<String>> names(Path directory) {
        return Optional.ofNullable(known.get(key(Kind.NAMES, directory.toString())))
                .map(names -> names.filter(n -> !n.isEmpty()).stream()
                        .flatMap(n -> List.of(n.split(NAME_END, -1)).stream())
                        .sorted()
                        .toList());
    }

    void forget() {
        known.clear();
    }

    /** Windows takes either separator; a controller of another system writes its own. */
    private static String key(Kind kind, String path) {
        return kind + " " + path.replace('\\', '/');
    }
}
