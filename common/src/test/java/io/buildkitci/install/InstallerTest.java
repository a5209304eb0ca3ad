package io.buildkitci.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.install.InstallFailure.Reason;
import io.buildkitci.install.ReleaseServer.Answers;
import io.buildkitci.install.ReleaseServer.BreaksOff;
import io.buildkitci.local.ChildJvm;
import io.buildkitci.local.LocalBinaries;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.local.LocalWeb;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.model.ToolVersion;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a server on this machine with the layout of the releases into a real folder. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes")
class InstallerTest {
    private static final Platform LINUX = new Platform("linux", "amd64", "");

    /** Releases of which no checksum comes with this program. */
    private static final Release BUILDX = new Release(Tool.BUILDX, "v9.9.9");

    private static final Release BUILDKIT = new Release(Tool.BUILDKIT, "v9.9.9");

    private static final String FILE = BUILDX.file(LINUX).orElseThrow();
    private static final byte[] PROGRAM =
            "#!/bin/sh\necho buildx\n".repeat(5000).getBytes(UTF_8);

    @TempDir
    Path root;

    private final ReleaseServer server = new ReleaseServer();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private Path cache() {
        return root.resolve("cache");
    }

    private Installation install(Tool tool, String version, Source source) throws InterruptedException {
        return install(tool, version, source, LINUX, new LocalFiles());
    }

    private Installation install(Tool tool, String version, Source source, Platform machine, HostFiles files)
            throws InterruptedException {
        LocalWeb web = new LocalWeb(Map.of());
        InstantSource clock = InstantSource.system();
        Installer.Ports ports = new Installer.Ports(web, new LocalBinaries(), files, clock);
        return new Installer(ports, cache(), machine, log::add)
                .install(tool, Optional.of(wanted(version)), source, new Fetching(web, pauses::add, clock, log::add));
    }

    private static ToolVersion wanted(String version) {
        try {
            return ToolVersion.parse(version);
        } catch (InvalidValue e) {
            throw new AssertionError(e);
        }
    }

    private static Installation.Installed installed(Installation installation) {
        assertThat(installation).isInstanceOf(Installation.Installed.class);
        return (Installation.Installed) installation;
    }

    private static InstallFailure failed(Installation installation) {
        assertThat(installation).isInstanceOf(Installation.Failed.class);
        return ((Installation.Failed) installation).failure();
    }

    private void publish(Release release, byte[] program) {
        String file = release.file(LINUX).orElseThrow();
        server.file(release, file, program).sums(release, file, ReleaseServer.sha256(program));
    }

    /** Paths of all files below the cache. */
    private List<String> kept() throws IOException {
        if (!Files.exists(cache())) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(cache())) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> cache().relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aProgramIsVerifiedAndKept() throws Exception {
        publish(BUILDX, PROGRAM);

        Installation.Installed buildx = installed(install(Tool.BUILDX, "9.9.9", server.mirror()));

        assertThat(buildx.fetched()).isTrue();
        assertThat(buildx.release()).isEqualTo(BUILDX);
        assertThat(buildx.program())
                .isEqualTo(cache().resolve("buildx/v9.9.9-linux-amd64/docker-buildx"))
                .isExecutable()
                .hasBinaryContent(PROGRAM);
        assertThat(kept())
                .containsExactly("buildx/v9.9.9-linux-amd64/SHA256SUMS", "buildx/v9.9.9-linux-amd64/docker-buildx");
    }

    @Test
    void anArchiveIsUnpacked() throws Exception {
        byte[] archive = ReleaseServer.tarGz(Map.of(
                "bin/buildkitd", "d".getBytes(UTF_8),
                "bin/buildctl", "c".getBytes(UTF_8),
                "bin/buildkit-runc", "r".getBytes(UTF_8),
                "bin/buildkit-qemu-arm", "q".getBytes(UTF_8)));
        publish(BUILDKIT, archive);

        Installation.Installed buildkit = installed(install(Tool.BUILDKIT, "v9.9.9", server.mirror()));

        assertThat(buildkit.program()).isEqualTo(buildkit.folder().resolve("bin/buildkitd"));
        assertThat(buildkit.folder().resolve("bin")).isDirectoryContaining("glob:**/buildkit-qemu-arm");
        assertThat(buildkit.folder().resolve("bin/buildctl")).isExecutable().hasContent("c");
    }

    @Test
    void anArchiveWithoutItsProgramsInstallsNothing() throws Exception {
        publish(BUILDKIT, ReleaseServer.tarGz(Map.of("bin/buildctl", new byte[] {1})));

        InstallFailure failure = failed(install(Tool.BUILDKIT, "v9.9.9", server.mirror()));

        assertThat(failure.text()).contains("there is no bin/buildkitd in http://");
        assertThat(kept()).isEmpty();
    }

    @Test
    void anArchiveThatLeadsOutsideInstallsNothing() throws Exception {
        publish(BUILDKIT, ReleaseServer.tarGz(Map.of("../../evil", new byte[] {1})));

        InstallFailure failure = failed(install(Tool.BUILDKIT, "v9.9.9", server.mirror()));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(failure.text()).contains("'../../evil' in it leads outside");
        assertThat(kept()).isEmpty();
        assertThat(root.resolve("evil")).doesNotExist();
    }

    @Test
    void nothingIsAskedOfTheNetworkForWhatIsThere() throws Exception {
        publish(BUILDX, PROGRAM);
        install(Tool.BUILDX, "v9.9.9", server.mirror());
        server.forget();

        Installation.Installed again = installed(install(Tool.BUILDX, "v9.9.9", server.mirror()));

        assertThat(again.fetched()).isFalse();
        assertThat(again.program()).hasBinaryContent(PROGRAM);
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "gone", "no sums", "no program", "not executable"})
    void whatIsDamagedIsFetchedAnew(String damage) throws Exception {
        publish(BUILDX, PROGRAM);
        Path program =
                installed(install(Tool.BUILDX, "v9.9.9", server.mirror())).program();
        Path sums = program.resolveSibling("SHA256SUMS");
        switch (damage) {
            case "changed" -> Files.write(program, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
            case "gone" -> Files.delete(program);
            case "no sums" -> Files.delete(sums);
            case "no program" -> Files.writeString(sums, "");
            default -> assertThat(program.toFile().setExecutable(false, false)).isTrue();
        }

        Installation.Installed again = installed(install(Tool.BUILDX, "v9.9.9", server.mirror()));

        assertThat(again.fetched()).isTrue();
        assertThat(log).anyMatch(line -> line.contains("is not what was put there"));
        assertThat(again.program()).isExecutable().hasBinaryContent(PROGRAM);
        assertThat(kept()).hasSize(2);
    }

    @Test
    void aWrongChecksumInstallsNothingAndNamesBoth() throws Exception {
        String sum = ReleaseServer.sha256(new byte[] {1});
        server.file(BUILDX, FILE, PROGRAM).sums(BUILDX, FILE, sum);

        InstallFailure failure = failed(install(Tool.BUILDX, "v9.9.9", server.mirror()));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(failure.text()).contains("should be " + sum, "is " + ReleaseServer.sha256(PROGRAM), FILE);
        assertThat(kept()).isEmpty();
    }

    @Test
    void theChecksumThatCameWithUsCountsWhateverAMirrorSays() throws Exception {
        publish(Tool.BUILDX.tested(), PROGRAM);

        InstallFailure failure = failed(install(Tool.BUILDX, "v0.36.1", server.mirror()));

        assertThat(failure.text())
                .contains(Release.pinned("buildx-v0.36.1.linux-amd64").orElseThrow());
        assertThat(server.asked()).noneMatch(path -> path.endsWith("checksums.txt"));
        assertThat(kept()).isEmpty();
    }

    /** Somebody who may write to the tool cache can change both, the program and its folder's sums. */
    @Test
    void aProgramOfAKnownReleaseIsNotTakenOnTheWordOfItsFolder() throws Exception {
        Path folder = Files.createDirectories(cache().resolve("buildx/v0.36.1-linux-amd64"));
        Path program = Files.write(folder.resolve("docker-buildx"), PROGRAM);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("SHA256SUMS"), ReleaseServer.sha256(PROGRAM) + "  docker-buildx\n");

        failed(install(Tool.BUILDX, "v0.36.1", server.mirror()));

        assertThat(log).anyMatch(line -> line.contains("is not what was put there"));
    }

    @Test
    void withoutAnyChecksumNothingIsFetched() throws Exception {
        server.file(BUILDX, FILE, PROGRAM);

        InstallFailure failure = failed(install(Tool.BUILDX, "v9.9.9", server.github(Optional.empty())));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(failure.text()).contains("nobody says what").contains(FILE);
        assertThat(server.asked()).noneMatch(path -> path.endsWith(FILE));
        assertThat(kept()).isEmpty();
    }

    @Test
    void theProvenanceOfAFileTellsItsChecksum() throws Exception {
        byte[] archive = ReleaseServer.tarGz(Map.of(
                "bin/buildkitd", new byte[] {1}, "bin/buildctl", new byte[] {2}, "bin/buildkit-runc", new byte[] {3}));
        String file = BUILDKIT.file(LINUX).orElseThrow();
        server.file(BUILDKIT, file, archive)
                .page(
                        ReleaseServer.path(BUILDKIT, "buildkit-v9.9.9.linux-amd64.provenance.json"),
                        "{\"subject\":[{\"name\":\"" + file + "\",\"digest\":{\"sha256\":\""
                                + ReleaseServer.sha256(archive) + "\"}}]}");

        assertThat(installed(install(Tool.BUILDKIT, "v9.9.9", server.mirror())).fetched())
                .isTrue();
    }

    @Test
    void gitHubTellsTheChecksumOfAFile() throws Exception {
        server.file(BUILDX, FILE, PROGRAM)
                .page(
                        "/api/repos/docker/buildx/releases/tags/v9.9.9",
                        "{\"tag_name\":\"v9.9.9\",\"assets\":[{\"name\":\"" + FILE + "\",\"digest\":\"sha256:"
                                + ReleaseServer.sha256(PROGRAM) + "\"}]}");

        assertThat(installed(install(Tool.BUILDX, "v9.9.9", server.github(Optional.empty())))
                        .fetched())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "latest,            v0.40.1",
        "edge,              v0.41.0-rc2",
        "0.39,              v0.39.2",
        "^0.39.0,           v0.39.2",
        "~0.40.0,           v0.40.1",
        "'>=0.9 <0.39',     v0.38.0",
        "0.38.x || 0.39.0,  v0.39.0",
        "'0.38.0 - 0.39.1', v0.39.0",
    })
    void findsTheNewestThatIsWanted(String wanted, String version) throws Exception {
        server.list(
                Tool.BUILDX,
                "v0.39.2",
                "v0.40.0",
                "dockerfile/1.9.0",
                "v0.41.0-rc1",
                "v0.41.0-rc2",
                "v0.40.1",
                "v0.42.0-draft",
                "v0.38.0",
                "v0.39.0");
        publish(new Release(Tool.BUILDX, version), PROGRAM);

        for (Source source : List.of(server.mirror(), server.github(Optional.empty()))) {
            assertThat(installed(install(Tool.BUILDX, wanted, source)).release().version())
                    .isEqualTo(version);
        }
    }

    @Test
    void aRangeWithoutReleaseSaysWhichIsTheNewest() throws Exception {
        server.list(Tool.BUILDX, "v0.40.1", "v0.41.0");

        InstallFailure failure = failed(install(Tool.BUILDX, "^0.50.0", server.mirror()));

        assertThat(failure.text()).isEqualTo("no release of buildx is '^0.50.0'");
        assertThat(failure.advice()).contains("v0.41.0");
    }

    @Test
    void anArchitectureThatIsNotPublishedIsNamedBeforeAnythingIsAsked() throws Exception {
        InstallFailure failure = failed(install(
                Tool.BUILDX, "v9.9.9", server.mirror(), new Platform("linux", "mips64le", ""), new LocalFiles()));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_PUBLISHED);
        assertThat(failure.text()).isEqualTo("buildx is not published for linux/mips64le");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aReleaseWithoutAFileForThisArchitectureIsNamed() throws Exception {
        server.sums(BUILDX, FILE, ReleaseServer.sha256(PROGRAM));

        InstallFailure failure = failed(install(Tool.BUILDX, "v9.9.9", server.mirror()));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_PUBLISHED);
        assertThat(failure.text()).startsWith("there is nothing at http://").endsWith("v9.9.9/" + FILE);
        assertThat(pauses).isEmpty();
        assertThat(kept()).isEmpty();
    }

    @Test
    void aDownloadThatBreaksOffIsTriedAgain() throws Exception {
        publish(BUILDX, PROGRAM);
        server.trouble(ReleaseServer.path(BUILDX, FILE), new BreaksOff(), new BreaksOff());

        assertThat(installed(install(Tool.BUILDX, "v9.9.9", server.mirror())).program())
                .hasBinaryContent(PROGRAM);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aDownloadThatAlwaysBreaksOffInstallsNothing() throws Exception {
        publish(BUILDX, PROGRAM);
        BreaksOff breaks = new BreaksOff();
        server.trouble(ReleaseServer.path(BUILDX, FILE), breaks, breaks, breaks, breaks, breaks);

        InstallFailure failure = failed(install(Tool.BUILDX, "v9.9.9", server.mirror()));

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure.text()).contains(FILE + " was not to be had", "5 times");
        assertThat(pauses).hasSize(4);
        assertThat(kept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aServerInTroubleIsAskedAgain(int status) throws Exception {
        publish(BUILDX, PROGRAM);
        server.trouble(ReleaseServer.path(BUILDX, FILE), new Answers(status, Map.of()));

        assertThat(installed(install(Tool.BUILDX, "v9.9.9", server.mirror())).fetched())
                .isTrue();
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aServerThatRefusesIsNotAskedAgain() throws Exception {
        publish(BUILDX, PROGRAM);
        server.trouble(ReleaseServer.path(BUILDX, FILE), new Answers(401, Map.of()));

        assertThat(failed(install(Tool.BUILDX, "v9.9.9", server.mirror())).text())
                .contains("it answered with status 401");
        assertThat(pauses).isEmpty();
    }

    @Test
    void redirectsAreFollowedWithoutTheToken() throws Exception {
        try (ReleaseServer store = new ReleaseServer()) {
            server.list(Tool.BUILDX, "v9.9.9")
                    .sums(BUILDX, FILE, ReleaseServer.sha256(PROGRAM))
                    .redirect(ReleaseServer.path(BUILDX, FILE), store.address() + "/store/1?signature=x");
            store.page("/store/1?signature=x", PROGRAM);

            installed(install(Tool.BUILDX, "latest", server.github(Optional.of("s3cr3t"))));

            assertThat(server.authorization("/api/repos/docker/buildx/releases?per_page=100&page=1"))
                    .isEqualTo("Bearer s3cr3t");
            assertThat(server.authorization(ReleaseServer.path(BUILDX, FILE))).isEmpty();
            assertThat(store.authorization("/store/1?signature=x")).isEmpty();
        }
    }

    @Test
    void aFolderThatTakesNothingIsNamed() throws Exception {
        publish(BUILDX, PROGRAM);
        Files.writeString(cache(), "a file in the place of the folder");

        InstallFailure failure = failed(install(Tool.BUILDX, "v9.9.9", server.mirror()));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_KEPT);
        assertThat(failure.text()).contains(cache().toString());
        assertThat(failure.advice()).contains("RUNNER_TOOL_CACHE");
    }

    /** Installs in a JVM of its own: server, cache. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws InterruptedException {
            LocalWeb web = new LocalWeb(Map.of());
            Installer.Ports ports =
                    new Installer.Ports(web, new LocalBinaries(), new LocalFiles(), InstantSource.system());
            System.out.println("starts");
            Installation done = new Installer(ports, Path.of(arguments[1]), LINUX, System.out::println)
                    .install(Tool.BUILDX, Optional.of(wanted("v9.9.9")), Source.mirror(arguments[0]));
            System.out.println(done.getClass().getSimpleName());
        }
    }

    @Test
    void severalProcessesAtOnceEndWithOneFolder() throws Exception {
        byte[] large = new byte[4_000_000];
        new Random(7).nextBytes(large);
        publish(BUILDX, large);
        List<ChildJvm> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            others.add(ChildJvm.start(Other.class, server.address(), cache().toString()));
        }
        for (ChildJvm other : others) {
            assertThat(other.remainingLines()).endsWith("Installed");
            assertThat(other.status()).isZero();
        }

        assertThat(kept()).hasSize(2);
        assertThat(cache().resolve("buildx/v9.9.9-linux-amd64/docker-buildx")).hasBinaryContent(large);
        try (Stream<Path> entries = Files.list(cache())) {
            assertThat(new TreeSet<>(
                            entries.map(path -> path.getFileName().toString()).toList()))
                    .containsExactly("buildx");
        }
    }

    @Test
    void aKilledOneLeavesNothingThatCountsAndTheNextOneCleansUp() throws Exception {
        publish(BUILDX, PROGRAM);
        server.trouble(ReleaseServer.path(BUILDX, FILE), new ReleaseServer.FallsSilent());
        try (ChildJvm other = ChildJvm.start(Other.class, server.address(), cache().toString())) {
            assertThat(other.line()).isEqualTo("starts");
            assertThat(other.line()).startsWith("fetching ");
            while (other.isAlive() && kept().stream().noneMatch(path -> path.endsWith("fetched"))) {
                Thread.onSpinWait();
            }
            other.kill();
        }
        assertThat(kept()).anyMatch(path -> path.endsWith("fetched"));

        assertThat(installed(install(Tool.BUILDX, "v9.9.9", server.mirror())).program())
                .hasBinaryContent(PROGRAM);
        assertThat(kept())
                .containsExactly("buildx/v9.9.9-linux-amd64/SHA256SUMS", "buildx/v9.9.9-linux-amd64/docker-buildx");
    }

    @Test
    void aPluginTakesThePlaceOfOneThatIsThere() throws Exception {
        Path program = Files.write(root.resolve("docker-buildx"), PROGRAM);
        CliPlugin plugins = new CliPlugin(new LocalBinaries(), new LocalFiles());
        Path config = root.resolve("docker");

        Path plugin = plugins.install(program, config);
        Files.writeString(plugin, "an old one");
        plugins.install(program, config);
        plugins.install(program, config);

        assertThat(plugin)
                .isEqualTo(config.resolve("cli-plugins/docker-buildx"))
                .isExecutable()
                .hasBinaryContent(PROGRAM);
        try (Stream<Path> plugged = Files.list(plugin.getParent())) {
            assertThat(plugged).containsExactly(plugin);
        }
    }

    @Test
    void theRunnersToolCacheIsTakenFirst() {
        Path home = Path.of("/home/me");

        assertThat(ToolCache.place(Map.of("RUNNER_TOOL_CACHE", "/opt/tools"), home))
                .isEqualTo(Path.of("/opt/tools/buildkit-ci"));
        assertThat(ToolCache.place(Map.of("XDG_CACHE_HOME", "/var/cache/me"), home))
                .isEqualTo(Path.of("/var/cache/me/buildkit-ci/tools"));
        assertThat(ToolCache.place(Map.of("RUNNER_TOOL_CACHE", ""), home))
                .isEqualTo(Path.of("/home/me/.cache/buildkit-ci/tools"));
    }

    @Test
    void aTokenIsShownNowhere() {
        assertThat(Arrays.asList(server.github(Optional.of("s3cr3t")).toString()))
                .noneMatch(text -> text.contains("s3cr3t"));
    }
}
