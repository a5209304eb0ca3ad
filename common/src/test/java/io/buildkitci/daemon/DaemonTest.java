package io.buildkitci.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderJob;
import io.buildkitci.builder.JobProcess;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonTest {
    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isReadAsItWasWritten(int seed) {
        Random random = new Random(seed);
        Daemon daemon = new Daemon(
                "ci" + seed,
                new DaemonAddress(
                        "tcp://" + word(random) + ":1",
                        new DaemonAddress.Tls(maybe(random), maybe(random), maybe(random), maybe(random))),
                random.nextBoolean()
                        ? Optional.of(new DaemonProcess(random.nextInt(1, 1 << 22), "" + random.nextInt()))
                        : Optional.empty(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? Optional.of(new DaemonProcess(random.nextInt(1, 99), "7")) : Optional.empty(),
                random.nextBoolean() ? Optional.of(job(random)) : Optional.empty(),
                Map.of("buildkitd-flags", word(random), "driver-opts " + word(random), "set"));

        assertThat(Daemon.parse(daemon.name(), daemon.render())).contains(daemon);
    }

    private static BuilderJob job(Random random) {
        return new BuilderJob(
                new JobProcess("m", word(random), word(random), word(random), random.nextInt(1, 99), word(random)),
                random.nextBoolean(),
                List.of("/" + word(random)));
    }

    private static Optional<String> maybe(Random random) {
        return random.nextBoolean() ? Optional.of("/" + word(random)) : Optional.empty();
    }

    private static String word(Random random) {
        String letters = "ab \"\\,é\n=/.";
        StringBuilder word = new StringBuilder("x");
        for (int i = random.nextInt(8); i > 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"address\":1}", "cut off {"})
    void aRecordThatDoesNotSayWhereItIsCountsForNothing(String text) {
        assertThat(Daemon.parse("ci", text)).isEmpty();
    }

    @Test
    void keepsNoValueOfAVariable() {
        DaemonDefinition definition = new DaemonDefinition(spec(new Setting("env.TOKEN", "hunter2hunter2")));

        assertThat(definition.variables()).containsEntry("TOKEN", "hunter2hunter2");
        assertThat(definition.describe(Optional.of("debug = true"), false))
                .doesNotContainValue("hunter2hunter2")
                .containsEntry("driver-opts env.TOKEN", "set")
                .containsKey("buildkitd-config");
    }

    @Test
    void tellsEveryDifference() {
        Map<String, String> has =
                new DaemonDefinition(spec(new Setting("rootless", "true"))).describe(Optional.empty(), true);
        Map<String, String> asked = new DaemonDefinition(spec()).describe(Optional.of("x"), false);

        assertThat(DaemonDefinition.differences(has, asked))
                .hasSize(2)
                .anyMatch(text -> text.startsWith("buildkitd-config: has none, asked for sha256:"))
                .contains("driver-opts rootless: has true, asked for false");
        assertThat(DaemonDefinition.differences(has, has)).isEmpty();
    }

    @Test
    void runsWithoutRootWhereThePersonHasNone() {
        assertThat(new DaemonDefinition(spec()).rootless(true)).isFalse();
        assertThat(new DaemonDefinition(spec()).rootless(false)).isTrue();
        assertThat(new DaemonDefinition(spec(new Setting("rootless", "true"))).rootless(true))
                .isTrue();
        assertThat(new DaemonDefinition(spec(new Setting("rootless", "false"))).rootless(false))
                .isFalse();
    }

    private static BuilderSpec spec(Setting... options) {
        NodeSpec node =
                new NodeSpec(Optional.empty(), Optional.empty(), List.of(), List.of(options), List.of("--debug"));
        return new BuilderSpec(Optional.of("ci"), Driver.BUILDKITD, List.of(node), Optional.empty(), false, true);
    }
}
