package io.buildkitci.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How BuildKit is reached: buildx's drivers, and a buildkitd without Docker. */
public enum Driver {
    /** The BuildKit inside Docker Engine. */
    DOCKER,
    /** A buildkitd in a container that buildx runs. */
    DOCKER_CONTAINER,
    /** buildkitd pods. */
    KUBERNETES,
    /** A buildkitd that somebody else runs. */
    REMOTE,
    /** A buildkitd process that we run, or one at an address, without buildx. */
    BUILDKITD;

    /** @throws InvalidValue if there is no such driver */
    public static Driver parse(String text) throws InvalidValue {
        for (Driver driver : values()) {
            if (driver.render().equals(text)) {
                return driver;
            }
        }
        throw new InvalidValue(
                text,
                "unknown driver; accepted are "
                        + Arrays.stream(values()).map(Driver::render).collect(Collectors.joining(", ")));
    }

    /** As {@code --driver} takes it; buildx knows all but the last. */
    public String render() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return render();
    }
}
