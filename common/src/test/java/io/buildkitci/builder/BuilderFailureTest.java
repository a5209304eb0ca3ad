package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuilderFailureTest {
    private static BuilderFailure of(Outcome outcome, String err) {
        return BuilderFailure.of(new Captured(outcome, "", err), Reason.NOT_BOOTED, "it did not start");
    }

    @ParameterizedTest
    @CsvSource({
        "boot-no-image,            NOT_BOOTED, failed to resolve reference",
        "boot-kube-forbidden,      NOT_ALLOWED, cannot get resource",
        "boot-kube-no-pods,        NO_PODS, 'expected 1 replicas to be ready, got 0'",
        "remote-refused-bootstrap, NOT_BOOTED, context deadline exceeded",
        "rm-missing,               NOT_BOOTED, failed to remove one or more builders",
        "missing,                  NOT_BOOTED, no builder",
    })
    void quotesTheErrorThatBuildxEndsWith(String fixture, Reason reason, String quoted) {
        BuilderFailure failure = of(new Outcome.Exited(1), Fixtures.read(fixture + "-stderr-buildx-0.36.1"));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.text()).startsWith("it did not start: ").contains(quoted);
        assertThat(failure.evidence()).isNotEmpty();
    }

    @Test
    void seesThatThereIsNoEngineInTheWordsOfEveryVersion() {
        assertThat(of(new Outcome.Exited(1), "ERROR: Cannot connect to the Docker daemon at unix:///x.")
                        .reason())
                .isEqualTo(Reason.NO_ENGINE);
        assertThat(of(new Outcome.Exited(1), "ERROR: failed to connect to the docker API at unix:///x")
                        .reason())
                .isEqualTo(Reason.NO_ENGINE);
    }

    @Test
    void saysThatItTookTooLongOrCouldNotBeStarted() {
        assertThat(of(new Outcome.TimedOut(Duration.ofSeconds(30)), "#1 pulling")
                        .text())
                .isEqualTo("it did not start: no answer within 30 s");
        assertThat(of(new Outcome.NotStarted("permission denied"), ""))
                .satisfies(f -> assertThat(f.reason()).isEqualTo(Reason.NO_BUILDX))
                .satisfies(f -> assertThat(f.text()).endsWith("permission denied"));
    }

    @ParameterizedTest
    @CsvSource({
        "github.com/docker/buildx v0.36.1 ,                      0.36.1",
        "github.com/docker/buildx 0.29.1+ds1 0.29.1+ds1-4,       0.29.1",
        "github.com/docker/buildx v0.31.0-desktop.1 abcdef,      0.31.0",
        "github.com/docker/buildx 0.0.0+unknown,",
        "nonsense,",
    })
    void readsTheVersionOfBuildx(String said, String version) {
        assertThat(BuildxCli.version(said + "\n").map(Object::toString)).isEqualTo(Optional.ofNullable(version));
    }

    @Test
    void asksBuildxForItsVersion() throws Exception {
        ScriptedProcessRunner runner = new ScriptedProcessRunner()
                .says("docker buildx version", "github.com/docker/buildx v0.36.1 abc")
                .doesNotStart("docker buildx version", "no such file");
        BuildxCli buildx = new BuildxCli(runner, List.of("docker", "buildx"), Map.of());

        assertThat(buildx.version())
                .isInstanceOfSatisfying(
                        BuildxCli.Usable.class,
                        usable -> assertThat(usable.buildx().version().map(Object::toString))
                                .contains("0.36.1"));
        assertThat(buildx.version()).isInstanceOf(BuildxCli.Unusable.class);
    }
}
