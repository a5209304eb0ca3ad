package io.buildkitci.action.host;

import io.buildkitci.docker.BuildkitSetting;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.LineDiff;
import io.buildkitci.failure.Blame;
import io.buildkitci.model.EngineSetup;
import io.buildkitci.process.BinaryFiles;
import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Turns on BuildKit and the containerd image store in an engine's {@code daemon.json}, or shows how: a backup first, the
 * engine's own check where there is one, then the whole file in one step. Nothing else of the file changes.
 */
public final class BuildkitSwitch {
    private static final Duration CHECKED_WITHIN = Duration.ofSeconds(30);
    private static final int MOST_BACKUPS = 100;

    private final Host host;
    private final Consumer<String> log;

    /** @param log told what is found and done; the difference itself goes to the host's standard output */
    public BuildkitSwitch(Host host, Consumer<String> log) {
        this.host = host;
        this.log = log;
    }

    /** @return the exit code */
    public int turnOn(EngineSetup setup) throws InterruptedException {
        if (setup.file().isPresent()) {
            return turnOn(new EngineFile.At(Path.of(setup.file().get()), "restart it"), setup.write());
        }
        DockerEngine.Answer answer = host.tools().engine().info();
        EngineFile place = EngineFile.of(host, answer, host.engineIsElsewhere());
        if (place instanceof EngineFile.NotHere notHere) {
            log.accept(notHere.reason() + "; nothing was changed");
            log.accept("  -> " + notHere.instead());
            return Blame.ENVIRONMENT.exitCode();
        }
        if (answer instanceof DockerEngine.Info info && info.containerdStore()) {
            log.accept("the engine has BuildKit and the containerd image store on already");
            return Blame.BUILT;
        }
        return turnOn((EngineFile.At) place, setup.write());
    }

    private int turnOn(EngineFile.At place, boolean write) throws InterruptedException {
        Path file = place.file();
        if (host.tools().files().isDirectory(file)) {
            return refused(file, "it is a directory");
        }
        boolean there = host.tools().files().isReadable(file);
        Optional<String> text = host.tools().files().read(file);
        if (there && text.isEmpty()) {
            return refused(file, "it cannot be read as a text");
        }
        BuildkitSetting.Proposal proposal = BuildkitSetting.of(text.orElse(""));
        if (proposal instanceof BuildkitSetting.Refused refused) {
            return refused(file, refused.reason());
        }
        if (!(proposal instanceof BuildkitSetting.Change change)) {
            log.accept(file + " has what is needed; if the engine does not, it was not restarted since: "
                    + place.restart());
            return Blame.BUILT;
        }
        LineDiff.between(file.toString(), text.orElse(""), change.text()).forEach(host.out()::println);
        if (!write) {
            log.accept("nothing was changed; --write does it");
            return Blame.BUILT;
        }
        return write(place, there, change.text());
    }

    private int write(EngineFile.At place, boolean there, String text) throws InterruptedException {
        try {
            Optional<String> complaint = complaint(text);
            if (complaint.isPresent()) {
                return refused(place.file(), "dockerd would not take it: " + complaint.get());
            }
            BinaryFiles binaries = host.installs().binaries();
            Path file = binaries.followed(place.file());
            if (there) {
                Path backup = backup(file);
                copy(file, backup);
                log.accept("the file as it was is kept as " + backup);
            }
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            host.tools().files().remove(fresh);
            create(fresh, text.getBytes(StandardCharsets.UTF_8));
            if (there) {
                binaries.liken(fresh, file);
            }
            binaries.replaceFile(fresh, file);
            log.accept(file + " is written; the engine reads it when it starts: " + place.restart());
            log.accept(
                    "images of the older store are not seen in the new one; they are there again when it is turned off");
            return Blame.BUILT;
        } catch (IOException e) {
            log.accept(place.file() + " was not written: " + e.getMessage()
                    + "; who may write it, such as root, can run this again");
            return Blame.ENVIRONMENT.exitCode();
        }
    }

    private int refused(Path file, String reason) {
        log.accept(file + ": " + reason + "; nothing was changed");
        return Blame.ENVIRONMENT.exitCode();
    }

    /** What the engine's own program says against a text; empty when nothing, or when there is no such program. */
    private Optional<String> complaint(String text) throws IOException, InterruptedException {
        Optional<Path> dockerd = Stream.concat(
                        host.clients().onPath("dockerd").stream(),
                        Stream.of(Path.of("/usr/sbin/dockerd"), Path.of("/usr/bin/dockerd")))
                .filter(host.tools().files()::isExecutable)
                .findFirst();
        if (dockerd.isEmpty()) {
            log.accept("there is no dockerd here to check it with");
            return Optional.empty();
        }
        try (Workspace workspace = host.tools().workspaces().open()) {
            Path candidate = workspace.write("daemon.json", text);
            Captured said = host.tools()
                    .processes()
                    .capture(Command.of(List.of(
                                    dockerd.get().toString(), "--validate", "--config-file", candidate.toString()))
                            .within(CHECKED_WITHIN));
            boolean old = said.err().contains("unknown flag"); // --validate came with 20.10
            return said.succeeded() || old
                    ? Optional.empty()
                    : Optional.of(said.err().strip().replaceFirst("^unable to configure [^:]*: ", ""));
        }
    }

    private Path backup(Path file) throws IOException {
        for (int i = 0; i < MOST_BACKUPS; i++) {
            Path backup = file.resolveSibling(file.getFileName() + ".bak" + (i == 0 ? "" : "." + i));
            if (!host.tools().files().isReadable(backup)) {
                return backup;
            }
        }
        throw new IOException("there are " + MOST_BACKUPS + " backups of it");
    }

    private void copy(Path file, Path to) throws IOException {
        BinaryFiles binaries = host.installs().binaries();
        try (var from = binaries.open(file);
                OutputStream out = binaries.create(to)) {
            from.transferTo(out);
        }
        binaries.liken(to, file);
    }

    private void create(Path file, byte[] content) throws IOException {
        try (OutputStream out = host.installs().binaries().create(file)) {
            out.write(content);
        }
    }
}
