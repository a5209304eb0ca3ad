package io.buildkitci.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which of BuildKit's clients carries a build out. */
public enum ClientChoice {
    /** The one whose builder it is. */
    AUTO,
    /** Docker's client, which knows every driver. */
    BUILDX,
    /** BuildKit's own client, which needs no Docker and talks to one buildkitd. */
    BUILDCTL,
    /** The build of a docker command line of before buildx, with the engine's BuildKit. */
    DOCKER;

    /** @throws InvalidValue if there is no such client */
    public static ClientChoice parse(String text) throws InvalidValue {
        for (ClientChoice choice : values()) {
            if (choice.render().equals(text)) {
                return choice;
            }
        }
        throw new InvalidValue(
                text,
                "unknown client; accepted are "
                        + Arrays.stream(values()).map(ClientChoice::render).collect(Collectors.joining(", ")));
    }

    /** As {@link #parse} takes it. */
    public String render() {
        return name().toLowerCase(Locale.ROOT);
    }
}
