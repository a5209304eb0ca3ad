package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuildxFinder.Finding;
import io.buildkitci.builder.BuildxFinder.Found;
import io.buildkitci.builder.BuildxFinder.Missing;
import io.buildkitci.builder.ClientEnvironment.Os;
import io.buildkitci.process.InMemoryFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildxFinderTest {
    private static final Map<String, String> UNIX = Map.of("DOCKER_CONFIG", "/cfg", "PATH", "/bin:/usr/bin");

    private static Finding find(InMemoryFiles files, Map<String, String> variables, Os os) {
        return new BuildxFinder(files, ClientEnvironment.from(variables, Path.of("/home/p"), os))
                .find(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "/cfg/cli-plugins/docker-buildx,                       /home/p/.docker/cli-plugins/docker-buildx",
        "/home/p/.docker/cli-plugins/docker-buildx,            /usr/local/lib/docker/cli-plugins/docker-buildx",
        "/usr/local/lib/docker/cli-plugins/docker-buildx,      /usr/local/libexec/docker/cli-plugins/docker-buildx",
        "/usr/local/libexec/docker/cli-plugins/docker-buildx,  /usr/lib/docker/cli-plugins/docker-buildx",
        "/usr/lib/docker/cli-plugins/docker-buildx,            /usr/libexec/docker/cli-plugins/docker-buildx",
        "/usr/libexec/docker/cli-plugins/docker-buildx,        /bin/docker-buildx",
        "/usr/bin/docker-buildx,                               /bin/buildx",
        "/usr/bin/buildx,                                      /bin/docker",
    })
    void prefersTheFirstPlaceInDockersOrder(String first, String second) {
        InMemoryFiles files = new InMemoryFiles().withExecutable(second).withExecutable(first);

        assertThat(find(files, UNIX, Os.LINUX)).isEqualTo(new Found(List.of(first)));
    }

    @Test
    void callsItThroughDockerWhereThereIsNoBinary() {
        assertThat(find(new InMemoryFiles().withExecutable("/usr/bin/docker"), UNIX, Os.LINUX))
                .isEqualTo(new Found(List.of("/usr/bin/docker", "buildx")));
    }

    @Test
    void saysItsOwnNameFirstBelowAnotherPluginOfDocker() {
        Map<String, String> variables = new HashMap<>(UNIX);
        variables.put("DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND", "/usr/bin/docker");

        assertThat(find(new InMemoryFiles().withExecutable("/bin/docker-buildx"), variables, Os.LINUX))
                .isEqualTo(new Found(List.of("/bin/docker-buildx", "buildx")));
    }

    @Test
    void looksWhereDockerDesktopPutsItOnAMac() {
        String desktop = "/Applications/Docker.app/Contents/Resources/cli-plugins/docker-buildx";

        assertThat(find(new InMemoryFiles().withExecutable(desktop), UNIX, Os.MACOS))
                .isEqualTo(new Found(List.of(desktop)));
        assertThat(find(new InMemoryFiles().withExecutable(desktop), UNIX, Os.LINUX))
                .isInstanceOf(Missing.class);
    }

    @Test
    void looksWhereDockerDesktopPutsItOnWindows() {
        String plugin = "/Programs/Docker/cli-plugins/docker-buildx.exe";

        assertThat(find(new InMemoryFiles().withExecutable(plugin), Map.of("ProgramFiles", "/Programs"), Os.WINDOWS))
                .isEqualTo(new Found(List.of(plugin)));
        assertThat(find(new InMemoryFiles().withExecutable("/b/docker.exe"), Map.of("Path", "/a;/b"), Os.WINDOWS))
                .isEqualTo(new Found(List.of("/b/docker.exe", "buildx")));
    }

    @Test
    void takesNothingElseThanWhatWasAskedFor() {
        InMemoryFiles files = new InMemoryFiles().withExecutable("/bin/docker-buildx");
        BuildxFinder finder = new BuildxFinder(files, ClientEnvironment.from(UNIX, Path.of("/home/p"), Os.LINUX));

        assertThat(finder.find(Optional.of(Path.of("/mine/buildx")))).isEqualTo(new Missing(List.of("/mine/buildx")));
    }

    @Test
    void listsEveryPlaceThatItLookedAt() {
        Finding finding = find(new InMemoryFiles(), UNIX, Os.LINUX);

        assertThat(finding)
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> assertThat(missing.looked())
                                .hasSize(12)
                                .startsWith("/cfg/cli-plugins/docker-buildx")
                                .endsWith("/bin/docker", "/usr/bin/docker")
                                .doesNotHaveDuplicates());
    }
}
