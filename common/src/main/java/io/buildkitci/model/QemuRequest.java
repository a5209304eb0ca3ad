package io.buildkitci.model;

import java.util.List;

/**
 * Emulators, as asked for.
 *
 * @param platforms what is to be built here; empty means all that are known
 * @param reset whether registered emulators of these platforms are removed first
 * @param install whether the distribution's package may be installed
 * @param image binfmt image that installs emulators through the engine where nothing else helps
 */
public record QemuRequest(List<Platform> platforms, boolean reset, boolean install, String image) {
    public QemuRequest {
        platforms = List.copyOf(platforms);
    }

    /** The same for these platforms. */
    public QemuRequest forPlatforms(List<Platform> others) {
        return new QemuRequest(others, reset, install, image);
    }
}
