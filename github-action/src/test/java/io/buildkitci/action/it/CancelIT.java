package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that is stopped stops everywhere: here, in buildx and in the builder. */
@ParameterizedClass
@MethodSource("builders")
class CancelIT {
    private final Builder builder;

    CancelIT(Builder builder) {
        this.builder = builder;
    }

    static Stream<Builder> builders() {
        return Stream.concat(
                Stream.of(Driver.DOCKER, Driver.DOCKER_CONTAINER, Driver.REMOTE, Driver.BUILDKITD)
                        .map(Builder::of),
                Stream.of(Builder.withOldBuildx(Driver.DOCKER_CONTAINER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void leavesNothingRunningAndNoFile(String signal) throws Exception {
        String mark = "it-" + CommandLine.fresh();
        Path context = builder.context(
                "FROM BASE\nRUN --mount=type=secret,id=large echo %s; while sleep 1; do :; done\n".formatted(mark));
        CommandLine with = builder.commandLine().with("BUILDKIT_CI_SECRETS", "large=" + "x".repeat(40_000));

        Said said;
        List<ProcessHandle> started;
        try (Running running = builder.startBuild(with, context, "--platforms", "amd64")) {
            Machine.awaitOne("echo " + mark);
            assertThat(files(with.temporary())).isNotEmpty();
            started = running.handle().descendants().toList();
            running.signal(signal);
            said = running.end();
        }

        assertThat(said.exit()).as(said.toString()).isEqualTo(130);
        assertThat(started).isNotEmpty().noneMatch(Machine::lives);
        assertThat(files(with.temporary())).isEmpty();
        Machine.awaitNone("echo " + mark);
        assertThat(said.err()).doesNotContain("Exception");
    }

    @Test
    void theNextBuildIsNotHarmed() throws Exception {
        String mark = "it-" + CommandLine.fresh();
        Path context = builder.context(
                "FROM BASE\nARG LONG\nRUN echo %s; while test -n \"$LONG\"; do sleep 1; done\n".formatted(mark));

        try (Running running = builder.startBuild(builder.commandLine(), context, "--build-args", "LONG=yes")) {
            Machine.awaitOne("echo " + mark);
            running.signal("TERM");
            running.end();
        }
        Said next = builder.build(context, "--json");

        assertThat(Reported.steps(next.built())).containsExactly(1, 0, 1);
    }

    private static List<Path> files(Path directory) throws Exception {
        return FilesBelow.of(directory).stream()
                .filter(file -> file.toString().contains("buildkit-ci"))
                .toList();
    }
}
