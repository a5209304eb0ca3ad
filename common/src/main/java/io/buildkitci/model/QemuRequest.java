package io.buildkitci.model;

import java.util.List;

/**
 * Emulators, as asked for.
 *
 * @param platforms what has to run here; empty means all known
 * @param reset whether what is registered for them is removed first
 * @param install whether a missing interpreter may be installed from the distribution's packages
 * @param image the image that registers emulators where the machine has no interpreter
 */
public record QemuRequest(List<Platform> platforms, boolean reset, boolean install, String image) {
    public QemuRequest {
        platforms = List.copyOf(platforms);
    }
}
