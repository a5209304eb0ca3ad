package io.buildkitci.input;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A machine that holds what a test puts there. */
public final class FakeOutside {
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private final Set<String> directories = new HashSet<>();

    /** A checkout: the directory with a Dockerfile. */
    public static FakeOutside checkout() {
        return new FakeOutside().directory(".").file("./Dockerfile");
    }

    public FakeOutside variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public FakeOutside file(String path) {
        return file(path, "");
    }

    public FakeOutside file(String path, String text) {
        files.put(path, text);
        return this;
    }

    public FakeOutside directory(String path) {
        directories.add(path);
        return this;
    }

    public Outside outside() {
        return new Outside(
                name -> Optional.ofNullable(variables.get(name)),
                files::containsKey,
                directories::contains,
                path -> Optional.ofNullable(files.get(path)));
    }
}
