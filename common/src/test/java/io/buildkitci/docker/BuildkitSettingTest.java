package io.buildkitci.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.docker.BuildkitSetting.Change;
import io.buildkitci.docker.BuildkitSetting.Refused;
import io.buildkitci.docker.BuildkitSetting.Settled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildkitSettingTest {
    @Test
    void addsBothFeaturesAndKeepsTheRest() {
        assertThat(BuildkitSetting.of("{\n  \"log-driver\": \"local\"\n}\n")).isEqualTo(new Change("""
                        {
                          "features": {
                            "buildkit": true,
                            "containerd-snapshotter": true
                          },
                          "log-driver": "local"
                        }
                        """));
    }

    @Test
    void isSettledWhereBothAreOn() {
        assertThat(BuildkitSetting.of("{\"features\":{\"containerd-snapshotter\":true,\"buildkit\":true}}"))
                .isEqualTo(new Settled());
    }

    @Test
    void namesThePlaceOfWhatIsBroken() {
        assertThat(BuildkitSetting.of("{\n  \"debug\": true\n  \"hosts\": []\n}"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).startsWith("line 3, column "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay2", "vfs", "btrfs"})
    void refusesADriverOfTheOlderStore(String driver) {
        assertThat(BuildkitSetting.of("{\"storage-driver\": \"" + driver + "\"}"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains(driver, "take that line out"));
    }
}
