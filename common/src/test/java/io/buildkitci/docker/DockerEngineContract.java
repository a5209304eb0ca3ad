package io.buildkitci.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.docker.DockerEngine.Info;
import io.buildkitci.docker.DockerEngine.Ran;
import io.buildkitci.docker.DockerEngine.Unreachable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every engine does, real or not. */
public abstract class DockerEngineContract {
    /** One that answers. */
    protected abstract DockerEngine engine() throws Exception;

    /** One that does not. */
    protected abstract DockerEngine unreachable() throws Exception;

    /** An image with {@code sh}. */
    protected abstract String shell() throws Exception;

    @Test
    void saysWhatItIs() throws Exception {
        assertThat(engine().info()).isInstanceOfSatisfying(Info.class, info -> {
            assertThat(info.version()).matches("\\d+\\.\\d+.*");
            assertThat(info.osType()).isEqualTo("linux");
            assertThat(info.architecture()).isNotBlank();
            assertThat(info.operatingSystem()).isNotBlank();
        });
    }

    @Test
    void saysWhyItDoesNotAnswer() throws Exception {
        assertThat(unreachable().info())
                .isInstanceOfSatisfying(
                        Unreachable.class, it -> assertThat(it.reason()).isNotBlank());
    }

    @Test
    void handsOnTheStatusAndEverythingThatTheContainerSaid() throws Exception {
        Ran ran = engine().runPrivileged(shell(), List.of("sh", "-c", "echo said; echo complained >&2; exit 3"));

        assertThat(ran.status()).contains(3);
        assertThat(ran.output().lines()).contains("said", "complained");
    }

    @Test
    void hasNoStatusForAnImageThatIsNowhere() throws Exception {
        Ran ran = engine().runPrivileged("localhost:5555/testbed/nowhere:1", List.of());

        assertThat(ran.status()).isEmpty();
        assertThat(ran.output()).contains("not found");
    }

    @Test
    void hasNoStatusWhenNoEngineAnswers() throws Exception {
        assertThat(unreachable().runPrivileged(shell(), List.of()).status()).isEqualTo(Optional.empty());
    }
}
