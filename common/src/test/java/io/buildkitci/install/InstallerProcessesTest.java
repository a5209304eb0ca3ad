package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.local.ChildJvm;
import io.buildkitci.local.LocalBinaries;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.local.LocalWeb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that install into one folder, and one that is killed there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes")
class InstallerProcessesTest {
    @AutoClose
    private final Installing tools;

    InstallerProcessesTest(@TempDir Path root) {
        this.tools = new Installing(root);
    }

    /** Installs in a JVM of its own: server, cache. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws InterruptedException {
            LocalWeb web = new LocalWeb(Map.of());
            Installer.Ports ports =
                    new Installer.Ports(web, new LocalBinaries(), new LocalFiles(), InstantSource.system());
            System.out.println("starts");
            Installation done = new Installer(ports, Path.of(arguments[1]), Installing.LINUX, System.out::println)
                    .install(Tool.BUILDX, Optional.of(Installing.wanted("v9.9.9")), Source.mirror(arguments[0]));
            System.out.println(done.getClass().getSimpleName());
        }
    }

    @Test
    void severalProcessesAtOnceEndWithOneFolder() throws Exception {
        byte[] large = new byte[4_000_000];
        new Random(7).nextBytes(large);
        tools.publish(Installing.BUILDX, large);
        List<ChildJvm> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            others.add(ChildJvm.start(
                    Other.class, tools.server.address(), tools.cache().toString()));
        }
        for (ChildJvm other : others) {
            assertThat(other.remainingLines()).endsWith("Installed");
            assertThat(other.status()).isZero();
        }

        assertThat(tools.kept()).hasSize(2);
        assertThat(tools.cache().resolve("buildx/v9.9.9-linux-amd64/docker-buildx"))
                .hasBinaryContent(large);
        try (Stream<Path> entries = Files.list(tools.cache())) {
            assertThat(new TreeSet<>(
                            entries.map(path -> path.getFileName().toString()).toList()))
                    .containsExactly("buildx");
        }
    }

    @Test
    void aKilledOneLeavesNothingThatCountsAndTheNextOneCleansUp() throws Exception {
        tools.publish(Installing.BUILDX, Installing.PROGRAM);
        tools.server.trouble(ReleaseServer.path(Installing.BUILDX, Installing.FILE), new ReleaseServer.FallsSilent());
        try (ChildJvm other = ChildJvm.start(
                Other.class, tools.server.address(), tools.cache().toString())) {
            assertThat(other.line()).isEqualTo("starts");
            assertThat(other.line()).startsWith("fetching ");
            while (other.isAlive() && tools.kept().stream().noneMatch(path -> path.endsWith("fetched"))) {
                Thread.onSpinWait();
            }
            other.kill();
        }
        assertThat(tools.kept()).anyMatch(path -> path.endsWith("fetched"));

        assertThat(Installing.installed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()))
                        .program())
                .hasBinaryContent(Installing.PROGRAM);
        assertThat(tools.kept())
                .containsExactly("buildx/v9.9.9-linux-amd64/SHA256SUMS", "buildx/v9.9.9-linux-amd64/docker-buildx");
    }
}
