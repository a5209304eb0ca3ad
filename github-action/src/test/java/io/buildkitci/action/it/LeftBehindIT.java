package io.buildkitci.action.it;

import io.buildkitci.model.Driver;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a builder whose maker was killed is told by the doctor and removed by it; others stay. */
class LeftBehindIT {
    @ParameterizedTest
    @EnumSource(names = {"DOCKER_CONTAINER", "BUILDKITD"})
    void isTheHalfMadeBuilderOnly(Driver driver) throws Exception {
        try (KilledCreations creations = new KilledCreations(new Random(7))) {
            creations.killOnceItIsThere(driver);
        }
    }
}
