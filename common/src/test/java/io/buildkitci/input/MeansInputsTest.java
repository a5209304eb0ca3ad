package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Means;
import io.buildkitci.model.ClientChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeansInputsTest {
    @Test
    void theCurrentBuilderAndItsOwnClientAreTakenWhereNothingIsSaid() {
        assertThat(valid()).isEqualTo(Means.of(Optional.empty()));
    }

    @Test
    void readsWhatIsAskedFor() {
        assertThat(valid("builder", "ci", "client", "buildctl"))
                .isEqualTo(new Means(Optional.of("ci"), ClientChoice.BUILDCTL, false));
        assertThat(valid("driver", "buildkitd")).isEqualTo(new Means(Optional.empty(), ClientChoice.AUTO, true));
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThat(problems("client", "podman", "driver", "remote"))
                .containsExactlyInAnyOrder(
                        "client: 'podman': unknown client; accepted are auto, buildx, buildctl, docker",
                        "driver: 'remote': accepted is buildkitd; a builder of driver remote is made first, by"
                                + " create-builder, and named as builder");
        assertThat(problems("client", "buildx", "driver", "buildkitd", "builder", "ci"))
                .containsExactlyInAnyOrder(
                        "driver: given beside builder, which says what builds; drop one",
                        "client: 'buildx': driver buildkitd is talked to by buildctl; drop one");
    }

    private static Means valid(String... inputs) {
        return ((Checked.Valid<BuildRequest>) check(inputs)).value().means();
    }

    private static List<String> problems(String... inputs) {
        return ((Checked.Invalid<BuildRequest>) check(inputs))
                .problems().stream().map(Problem::render).toList();
    }

    private static Checked<BuildRequest> check(String... inputs) {
        Map<String, RawValue> given = new HashMap<>();
        for (int i = 0; i < inputs.length; i += 2) {
            given.put(inputs[i], RawValue.of(inputs[i + 1]));
        }
        return BuildInputs.check(RawInput.of(given), FakeOutside.checkout().outside());
    }
}
