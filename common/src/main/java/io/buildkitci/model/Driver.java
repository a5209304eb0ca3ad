package io.buildkitci.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How buildx reaches BuildKit. */
public enum Driver {
    /** The BuildKit inside Docker Engine. */
    DOCKER,
    /** A buildkitd in a container that buildx runs. */
    DOCKER_CONTAINER,
    /** buildkitd pods. */
    KUBERNETES,
    /** A buildkitd that somebody else runs. */
    REMOTE;

    /** @throws InvalidValue if buildx has no such driver */
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

    /** As {@code --driver} takes it. */
    public String render() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return render();
    }
}
