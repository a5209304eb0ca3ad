package io.buildkitci.daemon;

import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The directories of daemons, one each, and which of them is taken where no builder is named. */
public final class DaemonStore {
    static final String RECORD = "daemon.json";
    private static final String CURRENT = "current";

    private final HostFiles files;
    private final Path home;

    public DaemonStore(HostFiles files, ClientEnvironment environment) {
        this.files = files;
        this.home = environment.daemons();
    }

    /** The daemon of that name, or the current one; empty when there is none. */
    public Optional<Daemon> find(Optional<String> name) {
        return name.or(this::current).flatMap(this::read);
    }

    Optional<Daemon> read(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return isName(lower)
                ? files.read(directory(lower).resolve(RECORD)).flatMap(t -> Daemon.parse(lower, t))
                : none();
    }

    private static Optional<Daemon> none() {
        return Optional.empty();
    }

    /** No path. */
    private static boolean isName(String text) {
        return text.matches("[a-z0-9][a-z0-9._+-]*");
    }

    Path directory(String name) {
        return home.resolve(name);
    }

    Optional<String> current() {
        return files.read(home.resolve(CURRENT))
                .map(String::strip)
                .filter(name -> read(name).isPresent());
    }

    void keep(Daemon daemon) throws IOException {
        files.writePrivate(
                directory(daemon.name()).resolve(RECORD), daemon.render().getBytes(StandardCharsets.UTF_8));
    }

    void become(String name) throws IOException {
        files.writePrivate(home.resolve(CURRENT), (name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** No daemon is the current one any more, if it was this one. */
    void leave(String name) throws IOException {
        if (files.read(home.resolve(CURRENT)).map(String::strip).equals(Optional.of(name))) {
            files.remove(home.resolve(CURRENT));
        }
    }

    List<Daemon> all() {
        return files.list(home).stream().flatMap(name -> read(name).stream()).toList();
    }
}
