package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import io.buildkitci.model.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootLimitTest {
    private static final Duration USUAL = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({"30s, 300", "4m, 300", "10m, 660", "1h30m, 5460", "7.5m, 510", "600000ms, 660"})
    void aBuilderThatMayTakeLongIsWaitedFor(String timeout, long seconds) {
        var spec = Specs.of(Driver.KUBERNETES, "b", Specs.node(), Specs.node(new Setting("timeout", timeout)));

        assertThat(BootLimit.of(spec, USUAL)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void anotherDriverHasNoSuchOption() {
        var spec = Specs.of(Driver.DOCKER_CONTAINER, "b", Specs.node(new Setting("timeout", "10m")));

        assertThat(BootLimit.of(spec, USUAL)).isEqualTo(USUAL);
    }
}
