package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.buildkitci.model.InvalidValue;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "500m, 0.5",
        "1k, 1000",
        "1Ki, 1024",
        "1.5Gi, 1610612736",
        "1E, 1e18",
        "1e3, 1000",
        "2E2, 200",
        "1u, 1e-6",
        "5., 5",
        ".5, 0.5",
        "1Ei, 1152921504606846976",
        "12e-3, 0.012"
    })
    void isWhatKubernetesReads(String text, BigDecimal amount) throws InvalidValue {
        assertThat(Quantity.parse(text)).isEqualTo(new Quantity(amount));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1K", "1MB", "1 Gi", "-1", "+1", ".", "1.2.3", "1ki", "0x10", "1e", "1mi"})
    void anythingElseIsNone(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Quantity.parse(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void comparesAsNumbersDo(long seed) throws InvalidValue {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            long one = random.nextInt(5000);
            long other = random.nextInt(5000);

            assertThat(Quantity.parse(one + "m").compareTo(Quantity.parse(new BigDecimal(other).movePointLeft(3) + "")))
                    .isEqualTo(Long.compare(one, other));
            assertThat(Quantity.parse(one + "Mi").compareTo(Quantity.parse(other * 1024 + "Ki")))
                    .isEqualTo(Long.compare(one, other));
        }
    }
}
