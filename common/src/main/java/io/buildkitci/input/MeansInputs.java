package io.buildkitci.input;

import io.buildkitci.model.BuildRequest.Means;
import io.buildkitci.model.ClientChoice;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;

/** What builds an image: the builder and the client. */
final class MeansInputs {
    private MeansInputs() {}

    static Means read(InputReader in) {
        boolean ownDaemon = in.one("driver", MeansInputs::driver).isPresent();
        Means means = new Means(
                in.one("builder", Names::builderOrContext),
                in.one("client", ClientChoice::parse).orElse(ClientChoice.AUTO),
                ownDaemon);
        if (ownDaemon && means.builder().isPresent()) {
            in.problem("driver", "", "given beside " + in.word("builder") + ", which says what builds; drop one");
        }
        boolean needsDocker = means.client() == ClientChoice.BUILDX || means.client() == ClientChoice.DOCKER;
        if (ownDaemon && needsDocker) {
            in.problem("client", means.client().render(), "driver buildkitd is talked to by buildctl; drop one");
        }
        return means;
    }

    /** Builders of the other drivers outlive a build, so there are steps of their own for them. */
    private static Driver driver(String text) throws InvalidValue {
        Driver driver = Driver.parse(text);
        if (driver != Driver.BUILDKITD) {
            throw new InvalidValue(
                    text,
                    "accepted is buildkitd; a builder of driver " + driver
                            + " is made first, by create-builder, and named as builder");
        }
        return driver;
    }
}
