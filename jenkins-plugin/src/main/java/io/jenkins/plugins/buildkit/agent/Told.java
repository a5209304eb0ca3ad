package io.jenkins.plugins.buildkit.agent;

import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.process.HostFiles;
import io.jenkins.plugins.buildkit.agent.Answers.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@link Look} tells, on the agent: files that tell of every question that they are asked. */
final class Told implements HostFiles {
    private static final int MOST_BUILDERS = 50;
    private static final Pattern CONTEXT = Pattern.compile("\"currentContext\"\\s*:\\s*\"([^\"]*)");
    private static final Pattern PRIVATE = Pattern.compile("\"(Files|DriverOpts)\":\\{[^}]*}");

    private final LocalFiles files = new LocalFiles();
    private final List<String> triples = new ArrayList<>();

    String[] triples() {
        return triples.toArray(String[]::new);
    }

    void tell(String kind, String place, Optional<String> there) {
        triples.add(kind);
        triples.add(place);
        triples.add(there.map(t -> Sight.THERE + t).orElse(""));
    }

    private boolean tell(Kind kind, Path place, boolean yes) {
        tell(kind.name(), place.toString(), yes ? Optional.of("") : Optional.empty());
        return yes;
    }

    /** Those that the controller does not know. */
    void tellVariables(Map<String, String> seen, Map<String, String> known) {
        for (Map.Entry<String, String> variable : seen.entrySet()) {
            if (!variable.getValue().equals(known.get(variable.getKey()))) {
                tell(Sight.VARIABLE, variable.getKey(), Optional.of(variable.getValue()));
            }
        }
        for (String name : known.keySet()) {
            if (!seen.containsKey(name)) {
                tell(Sight.VARIABLE, name, Optional.empty());
            }
        }
    }

    /** The engine's own search. */
    void tellPrograms(ClientEnvironment clients, String named) {
        BuildxFinder finder = new BuildxFinder(this, clients);
        finder.find(named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named)));
        finder.docker();
    }

    /** Without credentials, drivers' options and certificates. */
    void tellBuilders(ClientEnvironment clients) {
        Path config = clients.dockerConfig().resolve("config.json");
        tell(Sight.CONTEXT, config.toString(), files.read(config).map(Told::context));
        Path builders = clients.buildxConfig();
        read(builders.resolve("current"));
        list(builders.resolve("defaults"));
        Path instances = builders.resolve("instances");
        for (String name : files.list(instances).stream().limit(MOST_BUILDERS).toList()) {
            Path file = instances.resolve(name);
            tell(Kind.TEXT.name(), file.toString(), files.read(file).map(Told::withoutPrivate));
        }
    }

    private static String context(String json) {
        Matcher found = CONTEXT.matcher(json);
        return found.find() ? found.group(1) : "";
    }

    static String withoutPrivate(String builder) {
        return PRIVATE.matcher(builder).replaceAll("\"$1\":null");
    }

    void tellFilesOf(Path directory) {
        for (String name : list(directory)) {
            read(directory.resolve(name));
        }
    }

    void tellPath(String asked, Path path) {
        tell(Kind.DIRECTORY, Path.of(asked), files.isDirectory(path));
        tell(Kind.READABLE, Path.of(asked), files.isReadable(path));
    }

    @Override
    public Optional<String> read(Path file) {
        Optional<String> text = files.read(file);
        tell(Kind.TEXT.name(), file.toString(), text);
        return text;
    }

    @Override
    public List<String> list(Path directory) {
        List<String> names = files.list(directory);
        tell(Kind.NAMES.name(), directory.toString(), Optional.of(String.join("/", names)));
        return names;
    }

    @Override
    public boolean isDirectory(Path path) {
        return tell(Kind.DIRECTORY, path, files.isDirectory(path));
    }

    @Override
    public boolean isReadable(Path path) {
        return tell(Kind.READABLE, path, files.isReadable(path));
    }

    @Override
    public boolean isExecutable(Path path) {
        return tell(Kind.EXECUTABLE, path, files.isExecutable(path));
    }

    @Override
    public void write(Path file, byte[] content) {
        throw looksOnly();
    }

    @Override
    public void replace(Path file, byte[] content) {
        throw looksOnly();
    }

    @Override
    public void append(Path file, byte[] content) {
        throw looksOnly();
    }

    @Override
    public void writePrivate(Path file, byte[] content) {
        throw looksOnly();
    }

    @Override
    public void remove(Path path) {
        throw looksOnly();
    }

    @Override
    public void replaceDirectory(Path fresh, Path target) {
        throw looksOnly();
    }

    @Override
    public void deliver(Path fresh, Path target) {
        throw looksOnly();
    }

    @Override
    public void recoverDirectory(Path target) {
        throw looksOnly();
    }

    private static UnsupportedOperationException looksOnly() {
        return new UnsupportedOperationException("a look changes nothing");
    }
}
