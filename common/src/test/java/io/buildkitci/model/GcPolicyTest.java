package io.buildkitci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcPolicyTest {
    private static final String LIMITS = "max-used-space=50GB, reserved-space=512MiB,min-free-space=20%";

    @Test
    void isATableOfItsOwnWhereThereIsNone() throws InvalidValue {
        assertThat(GcPolicy.parse(LIMITS).addTo("")).isEqualTo("""
                [worker.oci]
                  maxUsedSpace = "50GB"
                  reservedSpace = "512MiB"
                  minFreeSpace = "20%"
                """);
        assertThat(GcPolicy.parse("off").addTo("debug = true\n")).isEqualTo("""
                debug = true

                [worker.oci]
                  gc = false
                """);
    }

    @Test
    void joinsTheTableThatIsThere() throws InvalidValue {
        String config = """
                [ worker."oci" ] # ours
                max-parallelism = 4

                [registry."docker.io"]
                  mirrors = ["m"]
                """;

        assertThat(GcPolicy.parse("min-free-space=5%").addTo(config)).isEqualTo("""
                [ worker."oci" ] # ours
                  minFreeSpace = "5%"
                max-parallelism = 4

                [registry."docker.io"]
                  mirrors = ["m"]
                """);
        assertThat(GcPolicy.parse("off").addTo("[worker.oci]")).isEqualTo("[worker.oci]\n  gc = false\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[worker.oci]\ngc = true\n",
                "[worker.oci]\n  max-parallelism = 4\n  reservedSpace = \"1GB\"\n[grpc]\n",
                "[[worker.oci.gcpolicy]]\nall = true\n"
            })
    void aConfigurationThatSaysSoAlreadyIsAProblem(String config) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> GcPolicy.parse(LIMITS).addTo(config))
                .withMessageContaining("says what garbage is already");
    }

    @Test
    void keysOfOtherTablesAreNoneOfItsBusiness() throws InvalidValue {
        String config = "[worker.oci]\nenabled = true\n[worker.containerd]\ngc = true\n";

        assertThat(GcPolicy.parse("off").addTo(config)).contains("[worker.oci]\n  gc = false\nenabled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on",
                "max-used-space",
                "max-used=5GB",
                "max-used-space=lots",
                "max-used-space=-1",
                "min-free-space=120%",
                "max-used-space=1GB,max-used-space=2GB",
                "off,max-used-space=1GB",
                "max-used-space=1GB\"\ngc = false"
            })
    void whatIsNoPolicyIsAProblemAndNeverBecomesToml(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> GcPolicy.parse(text));
    }
}
