package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Processes are killed at random moments. Whatever it was: nothing is left, nothing is half, others are not touched, and
 * the next build works. {@code -Dbuildkitci.kills.seed} asks for other kills, {@code -Dbuildkitci.kills} for more.
 */
class KillsIT {
    private static final int KILLS = Integer.getInteger("buildkitci.kills", 50);
    private static final long SEED = Long.getLong("buildkitci.kills.seed", 21);
    private static final int BETWEEN_LOOKS = 6;

    private final Random random = new Random(SEED);
    private final List<String> told = new ArrayList<>();

    /** What is done to one process or several; whether there was anything left to kill. */
    @FunctionalInterface
    private interface Kill {
        boolean once() throws Exception;
    }

    @Test
    void leaveNothingAndHalfOfNothing() throws Exception {
        System.out.println("kills: -Dbuildkitci.kills.seed=" + SEED);
        try (KilledBuilds builds = new KilledBuilds(random);
                KilledDaemons daemons = new KilledDaemons(random);
                KilledSteps steps = new KilledSteps(random);
                KilledCreations creations = new KilledCreations(random);
                Sibling sibling = new Sibling(builds.builder().commandLine())) {
            builds.assertWorks();
            Map<String, Kill> kills = new TreeMap<>();
            Stream.of(KilledBuilds.Victim.values()).forEach(v -> kills.put("build: " + v, () -> builds.kill(v)));
            Stream.of(KilledDaemons.Victim.values()).forEach(v -> kills.put("daemon: " + v, () -> daemons.kill(v)));
            Stream.of(KilledSteps.Victim.values()).forEach(v -> kills.put("step: " + v, () -> steps.kill(v)));
            Stream.of(Driver.DOCKER_CONTAINER, Driver.BUILDKITD)
                    .forEach(d -> kills.put("creation: " + d, () -> creations.kill(d)));
            int killed = 0;
            for (int i = 1; killed < KILLS; i++) {
                assertThat(i).as("too many were over before: " + told).isLessThan(2 * KILLS);
                killed += one(kills) ? 1 : 0;
                sibling.assertRuns();
                if (i % BETWEEN_LOOKS == 0) {
                    assertNothingIsLeft(builds, sibling);
                    daemons.assertNothingIsLeft();
                }
            }
            assertNothingIsLeft(builds, sibling);
            daemons.assertNothingIsLeft();
            builds.assertWorks();
            sibling.assertEndsWell();
        } catch (AssertionError | Exception e) {
            throw new AssertionError("seed " + SEED + ", after " + told, e);
        }
        System.out.println("kills: " + told);
    }

    /** Two of three are of builds with a builder. */
    private boolean one(Map<String, Kill> kills) throws Exception {
        boolean build = random.nextInt(3) < 2;
        List<String> names = kills.keySet().stream()
                .filter(name -> name.startsWith("build") == build)
                .toList();
        String name = names.get(random.nextInt(names.size()));
        told.add(name);
        boolean killed = Objects.requireNonNull(kills.get(name)).once();
        told.set(told.size() - 1, name + (killed ? "" : " (over before)"));
        return killed;
    }

    private static void assertNothingIsLeft(KilledBuilds builds, Sibling sibling) throws Exception {
        CommandLine with = builds.builder().commandLine();
        Said gc = with.run("doctor", "--gc", "--builder", builds.builder().name());
        assertThat(gc.exit()).as(gc.toString()).isIn(0, 3);
        Machine.awaitNone("its-killed-");
        assertThat(privateDirectories(with)).hasSize(1);
        assertThat(builds.besideResults()).isEmpty();
        Await.until(
                "the end of all processes but those of the build beside",
                () -> processes(with.folder()).equals(sibling.processes()));
        assertThat(containers(with, builds.builder().name())).hasSize(2);
        for (String secret : builds.secrets()) {
            assertThat(FilesBelow.with(secret.substring(0, Math.min(secret.length(), 100)), with.folder()))
                    .isEmpty();
        }
    }

    private static List<Path> privateDirectories(CommandLine with) throws IOException {
        try (Stream<Path> all = Files.list(with.temporary())) {
            return all.toList();
        }
    }

    /** Of everything that this person has started, but for the test itself. */
    private static List<Long> processes(Path folder) throws IOException {
        return Machine.commandLines().entrySet().stream()
                .filter(process -> process.getValue().contains(folder + "/"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Containers and volumes of a builder. */
    private static List<String> containers(CommandLine with, String name) throws Exception {
        List<String> all = new ArrayList<>(with.docker("container", "ls", "--all", "--format", "{{.Names}}")
                .lines());
        all.addAll(with.docker("volume", "ls", "--format", "{{.Name}}").lines());
        all.removeIf(entry -> !entry.contains(name));
        return all;
    }
}
