package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.model.BuildRequest.Means;
import io.buildkitci.model.ClientChoice;
import io.buildkitci.process.InMemoryFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which client and which daemon: {@code own} is a builder of driver buildkitd, the others are buildx's. */
class DaemonChoiceTest {
    private final InMemoryFiles files = new InMemoryFiles()
            .with("/s/buildkit-ci/builders/own/daemon.json", "{\"address\":\"unix:///own.sock\"}")
            .with("/x/instances/far", instance("remote", "tcp://far.example:1"))
            .with("/x/instances/box", instance("docker-container", "default"))
            .with("/x/instances/elsewhere", instance("docker-container", "ssh://a.example"))
            .with("/x/instances/pods", instance("kubernetes", ""));

    private static String instance(String driver, String endpoint) {
        return "{\"Name\":\"b\",\"Driver\":\"" + driver + "\",\"Nodes\":[{\"Name\":\"b0\",\"Endpoint\":\"" + endpoint
                + "\",\"DriverOpts\":{\"cacert\":\"/ca.pem\"}}]}";
    }

    @ParameterizedTest(name = "client {0}, builder {1}, current {2}, BUILDKIT_HOST {3}, buildx {4}: {5}")
    @CsvSource(nullValues = "-", textBlock = """
            auto,     -,         -,   -,         there,   buildx
            auto,     -,         -,   tcp://h:1, there,   buildx
            auto,     -,         -,   tcp://h:1, missing, tcp://h:1
            auto,     -,         -,   -,         missing, buildx
            auto,     -,         own, -,         there,   unix:///own.sock
            auto,     -,         own, tcp://h:1, missing, unix:///own.sock
            auto,     own,       -,   -,         there,   unix:///own.sock
            auto,     far,       own, -,         there,   buildx
            buildx,   far,       -,   -,         there,   buildx
            buildx,   -,         own, -,         there,   buildx
            buildx,   own,       -,   -,         there,   neither
            buildctl, -,         own, -,         there,   unix:///own.sock
            buildctl, -,         own, tcp://h:1, there,   tcp://h:1
            buildctl, far,       -,   tcp://h:1, there,   tcp://far.example:1
            buildctl, box,       -,   -,         there,   docker-container://buildx_buildkit_b0
            buildctl, elsewhere, -,   -,         there,   neither
            buildctl, pods,      -,   -,         there,   neither
            buildctl, none,      -,   -,         there,   neither
            buildctl, -,         -,   -,         there,   neither
            """)
    void isWhatWasAskedForOrWhoseBuilderItIs(
            String client, String builder, String current, String host, String buildx, String expected)
            throws Exception {
        Map<String, String> variables = new HashMap<>(Map.of("XDG_STATE_HOME", "/s", "BUILDX_CONFIG", "/x"));
        if (host != null) {
            variables.put("BUILDKIT_HOST", host);
        }
        if (current != null) {
            files.with("/s/buildkit-ci/builders/current", current + "\n");
        }
        ClientEnvironment environment =
                ClientEnvironment.from(variables, Path.of("/home/p"), ClientEnvironment.Os.LINUX);
        Means means = new Means(Optional.ofNullable(builder), ClientChoice.parse(client), false);
        BuildxFinder.Finding finding = buildx.equals("there")
                ? new BuildxFinder.Found(List.of("buildx"))
                : new BuildxFinder.Missing(List.of("/usr/bin/buildx"));

        DaemonChoice.Choice choice = new DaemonChoice(files, environment).of(means, finding);

        assertThat(said(choice)).isEqualTo(expected);
    }

    private static String said(DaemonChoice.Choice choice) {
        if (choice instanceof DaemonChoice.ForBuildctl daemon) {
            return daemon.daemon().url();
        }
        return choice instanceof DaemonChoice.ForBuildx ? "buildx" : "neither";
    }
}
