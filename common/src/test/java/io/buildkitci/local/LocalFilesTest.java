package io.buildkitci.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.buildkitci.process.HostFiles;
import io.buildkitci.process.HostFilesContract;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links and modes")
class LocalFilesTest implements HostFilesContract {
    @Test
    void whatIsDeliveredKeepsThePermissionsOfWhatWasThereAndGoesThroughALink() throws IOException {
        Path real = Files.writeString(root().resolve("real.tar"), "old");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
        Path link = Files.createSymbolicLink(root().resolve("link.tar"), real);
        Path fresh = Files.writeString(root().resolve(".link.tar.fresh"), "new");

        files().deliver(fresh, link);

        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-------");
        assertThat(fresh).doesNotExist();
    }

    @Test
    void aPipeIsWrittenToAndStaysOne() throws Exception {
        Path pipe = root().resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        Path fresh = Files.writeString(root().resolve(".pipe.fresh"), "new");

        files().deliver(fresh, pipe);

        assertThat(new String(reader.getInputStream().readAllBytes(), UTF_8)).isEqualTo("new");
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(fresh).doesNotExist();
    }

    @Test
    void aDirectoryTakesThePlaceOfAFileAndAFileThatOfADirectory() throws IOException {
        Path out = root().resolve("out");
        Files.createDirectories(out.resolve("was-directory/below"));
        Files.writeString(out.resolve("was-file"), "old");
        Path fresh = out.resolve(".fresh");
        Files.createDirectories(fresh.resolve("was-file"));
        Files.writeString(fresh.resolve("was-directory"), "new");
        Files.createSymbolicLink(fresh.resolve("dangling"), Path.of("/nowhere"));

        files().deliver(fresh, out);

        assertThat(out.resolve("was-directory")).hasContent("new");
        assertThat(out.resolve("was-file")).isDirectory();
        assertThat(files().list(out)).containsExactly("dangling", "was-directory", "was-file");
    }

    private final LocalFiles files = new LocalFiles();

    @TempDir
    Path root;

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    @Override
    public void makeExecutable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Path cache(String name, String content) throws IOException {
        Path directory = Files.createDirectories(root.resolve(name));
        Files.writeString(directory.resolve("file"), content);
        return directory;
    }

    @Test
    void aKernelThatRefusesIsQuotedWithTheFilesName() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "/dev/full is there");

        assertThatThrownBy(() -> files.write(full, "x".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        e -> assertThat(e.getReason()).isEqualTo("No space left on device"))
                .hasMessageContaining("/dev/full");
    }

    @Test
    void doesNotReadWhatIsNoRegularFile() {
        assertThat(files.read(Path.of("/dev/zero"))).isEmpty();
    }

    @Test
    void removesLinksAndNotWhatTheyLeadTo() throws IOException {
        Path kept = cache("kept", "precious");
        Path tree = cache("tree", "x");
        Files.createSymbolicLink(tree.resolve("link"), kept);
        Files.createSymbolicLink(tree.resolve("dangling"), root.resolve("none"));

        files.remove(tree);

        assertThat(files.list(root)).containsExactly("kept");
        assertThat(files.read(kept.resolve("file"))).contains("precious");
    }

    @Test
    void removesDirectoriesThatMayNotBeWrittenTo() throws IOException {
        cache("tree/module@v1", "x");
        Path tree = root.resolve("tree");
        Files.setPosixFilePermissions(tree.resolve("module@v1"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("r-xr-xr-x"));

        files.remove(tree);

        assertThat(files.list(root)).isEmpty();
    }

    @Test
    void aLinkKeepsLeadingToTheDirectoryThatWasReplaced() throws IOException {
        Path real = cache("disk/cache", "old");
        Path link = Files.createSymbolicLink(root.resolve("cache"), real);

        files.replaceDirectory(cache("disk/fresh", "new"), link);

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(files.read(real.resolve("file"))).contains("new");
        assertThat(files.list(root.resolve("disk"))).containsExactly("cache");
    }

    @Test
    void bothStayWhenTheyAreOnDifferentFileSystems() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(root)),
                "there is a second file system");
        Path fresh = Files.createTempDirectory(memory, "buildkit-ci-test");
        try {
            Path target = cache("cache", "old");

            assertThatThrownBy(() -> files.replaceDirectory(fresh, target))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("different file systems")
                    .hasMessageContaining(fresh.toString());
            assertThat(files.read(target.resolve("file"))).contains("old");
            assertThat(files.list(root)).containsExactly("cache");
            assertThat(fresh).isDirectory();
        } finally {
            files.remove(fresh);
        }
    }

    /** What a kill between two steps leaves: directories with their content, and the content there must be at last. */
    static Stream<Arguments> killed() {
        return Stream.of(
                Arguments.of("before the first step", List.of("cache=old", "fresh=new"), "old"),
                Arguments.of("old moved away", List.of(".cache.previous=old", "fresh=new"), "old"),
                Arguments.of("new in its place", List.of(".cache.previous=old", "cache=new"), "new"),
                Arguments.of("old discarded", List.of(".cache.discarded-1=old", "cache=new"), "new"),
                Arguments.of("old half removed", List.of(".cache.discarded-1=", "cache=new"), "new"),
                Arguments.of(
                        "killed twice",
                        List.of(".cache.discarded-1=", ".cache.discarded-2=o", ".cache.previous=old"),
                        "old"));
    }

    private void leave(List<String> directories) throws IOException {
        for (String directory : directories) {
            cache(directory.replaceAll("=.*", ""), directory.replaceAll(".*=", ""));
        }
        Files.createFile(root.resolve(".cache.lock"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("killed")
    void recoversFromAKillBetweenAnyTwoSteps(String step, List<String> left, String content) throws IOException {
        leave(left);

        files.recoverDirectory(root.resolve("cache"));

        assertThat(files.read(root.resolve("cache/file"))).contains(content);
        assertThat(files.list(root)).doesNotContain(".cache.previous").noneMatch(name -> name.contains("discarded"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("killed")
    void theNextReplacementWorksAfterAKillBetweenAnyTwoSteps(String step, List<String> left, String content)
            throws IOException {
        leave(left);

        files.replaceDirectory(cache("next", "next"), root.resolve("cache"));

        assertThat(files.read(root.resolve("cache/file"))).contains("next");
        assertThat(files.list(root)).allMatch(name -> name.equals("cache") || name.equals("fresh"));
    }

    /** Replaces a directory of files that all say the same by another, for ever, and says a line after each. */
    public static final class Replacing {
        public static void main(String[] arguments) throws IOException {
            Path target = Path.of(arguments[0]);
            int times = Integer.parseInt(arguments[1]);
            for (int i = 0; i < times; i++) {
                Path fresh = Files.createTempDirectory(target.getParent(), "fresh");
                for (int f = 0; f < FILES; f++) {
                    Files.writeString(fresh.resolve("file" + f), fresh.toString());
                }
                new LocalFiles().replaceDirectory(fresh, target);
                System.out.println("replaced");
            }
        }
    }

    private static final int FILES = 20;

    private void assertWhole(Path target) throws IOException {
        List<String> contents = new ArrayList<>();
        for (String name : files.list(target)) {
            contents.add(Files.readString(target.resolve(name)));
        }
        assertThat(contents).hasSize(FILES);
        assertThat(contents.stream().distinct()).hasSize(1);
        assertThat(Files.exists(target.resolveSibling(".cache.previous"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @Test
    void aProcessKilledAtAnyMomentLosesNothing() throws Exception {
        Path target = root.resolve("cache");
        Random random = new Random(11);
        for (int round = 0; round < 6; round++) {
            try (ChildJvm jvm = ChildJvm.start(Replacing.class, target.toString(), "1000000")) {
                for (int i = random.nextInt(50); i >= 0; i--) {
                    assertThat(jvm.line()).isEqualTo("replaced");
                }
            }
            files.recoverDirectory(target);
            assertWhole(target);
        }
    }

    @Test
    void threadsAndProcessesTakeTurns() throws Exception {
        Path target = root.resolve("cache");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (ChildJvm one = ChildJvm.start(Replacing.class, target.toString(), "100");
                ChildJvm other = ChildJvm.start(Replacing.class, target.toString(), "100")) {
            Callable<Void> replacing = () -> {
                Replacing.main(new String[] {target.toString(), "100"});
                return null;
            };
            for (Future<Void> done : threads.invokeAll(
                    IntStream.range(0, 3).mapToObj(i -> replacing).toList())) {
                done.get();
            }
            assertThat(one.remainingLines()).hasSize(100);
            assertThat(other.remainingLines()).hasSize(100);
            assertThat(List.of(one.status(), other.status())).containsOnly(0);
        } finally {
            threads.shutdownNow();
        }
        assertWhole(target);
        assertThat(files.list(root)).containsExactly("cache");
    }
}
