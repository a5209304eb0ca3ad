package io.jenkins.plugins.buildkit.housekeeping;

import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import jenkins.model.Jenkins;

/**
 * The builders that this controller made, in a file of the controller: only what is written here is ever removed by
 * housekeeping. A builder is written down before it is made, so that whatever is killed, nothing of ours is unknown.
 *
 * <p>Safe for use by several threads.
 */
public final class BuilderLedger {
    private static final Map<Path, BuilderLedger> OPEN = new ConcurrentHashMap<>();
    private static final Duration WORTH_WRITING = Duration.ofMinutes(10);

    private final Path file;
    private final InstantSource clock;
    private final List<MadeBuilder> builders;
    private final Map<String, Lock> locks = new ConcurrentHashMap<>();

    BuilderLedger(Path file, InstantSource clock) throws IOException {
        this.file = file;
        this.clock = clock;
        this.builders = new ArrayList<>(read(file));
    }

    /** That of this controller. */
    public static BuilderLedger get() throws IOException {
        Path file = Jenkins.get().getRootDir().toPath().resolve("buildkit-builders.json");
        BuilderLedger open = OPEN.get(file);
        if (open != null) {
            return open;
        }
        BuilderLedger fresh = new BuilderLedger(file, InstantSource.system());
        BuilderLedger other = OPEN.putIfAbsent(file, fresh);
        return other == null ? fresh : other;
    }

    private static List<MadeBuilder> read(Path file) throws IOException {
        try {
            return PlainJson.parse(Files.readString(file)).objects("builders").stream()
                    .flatMap(json -> MadeBuilder.from(json).stream())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /**
     * Notes that a build is about to use, and if need be to make, a builder. To be called before it is made.
     *
     * @throws IOException if it cannot be written: then nothing must be made
     */
    public synchronized void note(BuilderUse use) throws IOException {
        Instant now = clock.instant();
        Optional<MadeBuilder> known = find(use.agent(), use.builder());
        MadeBuilder noted = known.map(made -> made.with(use, now)).orElseGet(() -> MadeBuilder.of(use, now));
        boolean news = known.isEmpty()
                || !known.get().runs().equals(noted.runs())
                || !known.get().unusedFor().equals(noted.unusedFor())
                || known.get().keepState() != noted.keepState()
                || known.get().used().plus(WORTH_WRITING).isBefore(now);
        if (news) {
            replace(known, Optional.of(noted));
        }
    }

    /** Held by whoever makes, takes or removes a builder. */
    public Lock lock(String agent, String builder) {
        return locks.computeIfAbsent(agent + "\n" + builder, key -> new ReentrantLock());
    }

    /** Notes that nothing of a builder is left. */
    public synchronized void forget(String agent, String builder) throws IOException {
        Optional<MadeBuilder> known = find(agent, builder);
        if (known.isPresent()) {
            replace(known, Optional.empty());
        }
    }

    /** Whether this controller made it, and has not seen it removed. */
    public synchronized boolean knows(String agent, String builder) {
        return find(agent, builder).isPresent();
    }

    /** Notes which builds are over. */
    synchronized void keepOnly(Predicate<String> running) throws IOException {
        List<MadeBuilder> updated =
                builders.stream().map(made -> made.onlyWith(running)).toList();
        if (!updated.equals(builders)) {
            write(updated);
        }
    }

    synchronized boolean isUsedBy(String run) {
        return builders.stream().anyMatch(made -> made.runs().contains(run));
    }

    synchronized List<MadeBuilder> all() {
        return List.copyOf(builders);
    }

    /** Whether it is the same as when it was looked at: nobody wanted it meanwhile. */
    synchronized boolean has(MadeBuilder made) {
        return find(made.agent(), made.builder())
                .filter(known ->
                        known.runs().equals(made.runs()) && known.used().equals(made.used()))
                .isPresent();
    }

    private Optional<MadeBuilder> find(String agent, String builder) {
        return builders.stream().filter(made -> made.is(agent, builder)).findFirst();
    }

    private void replace(Optional<MadeBuilder> old, Optional<MadeBuilder> fresh) throws IOException {
        List<MadeBuilder> updated = new ArrayList<>(builders);
        old.ifPresent(gone -> updated.removeIf(made -> made.is(gone.agent(), gone.builder())));
        fresh.ifPresent(updated::add);
        write(updated);
    }

    /** What is in memory changes only when it is in the file. */
    private void write(List<MadeBuilder> updated) throws IOException {
        String text = JsonText.pretty(
                Map.of("builders", updated.stream().map(MadeBuilder::toJson).toList()));
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "buildkit-builders", ".tmp");
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        builders.clear();
        builders.addAll(updated);
    }
}
