package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackagesTest {
    private static final String APT = "apt-get -q -o DPkg::Lock::Timeout=120 install --yes --no-install-recommends ";

    private final InMemoryFiles files =
            new InMemoryFiles().with("/proc/self/status", "Name:\tjava\nUid:\t0\t0\t0\t0\n");
    private final FakeProcessRunner runner = new FakeProcessRunner();

    static Stream<Arguments> distributions() {
        return Stream.of(
                arguments(
                        "/usr/bin/apt-get",
                        List.of(
                                APT + "docker-buildx",
                                "apt-get -q update",
                                APT + "docker-buildx",
                                APT + "docker-buildx-plugin")),
                arguments(
                        "/usr/bin/dnf", List.of("dnf install -y docker-buildx-plugin", "dnf install -y docker-buildx")),
                arguments("/sbin/apk", List.of("apk add --no-cache docker-cli-buildx")),
                arguments("/usr/bin/zypper", List.of("zypper --non-interactive install docker-buildx")));
    }

    private List<String> commands() {
        return runner.commands().stream()
                .map(command -> String.join(" ", command.argv()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void triesEveryNameThatTheDistributionMayHave(String executable, List<String> commands) throws Exception {
        Packages.Installed installed = new Packages(files.withExecutable(executable), runner).buildx(() -> false);

        assertThat(installed.complete()).isFalse();
        assertThat(commands()).containsExactlyElementsOf(commands);
    }

    @Test
    void stopsWhenThereIsWhatIsWanted() throws Exception {
        runner.on("apt-get");
        Packages.Installed installed = new Packages(files.withExecutable("/usr/bin/apt-get"), runner)
                .buildx(() -> commands().size() == 3);

        assertThat(installed.complete()).isTrue();
        assertThat(installed.log()).containsExactly(APT + "docker-buildx", "apt-get -q update", APT + "docker-buildx");
    }

    @Test
    void aPersonWhoIsNotRootIsToldSo() throws Exception {
        InMemoryFiles others =
                new InMemoryFiles().withExecutable("/usr/bin/apt-get").with("/proc/self/status", "Uid:\t1\t1\t1\t1\n");

        assertThat(new Packages(others, runner).buildx(() -> false).log())
                .containsExactly("no package was installed: only root may do that");
        assertThat(commands()).isEmpty();
    }
}
