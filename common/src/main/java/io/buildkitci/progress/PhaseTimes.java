package io.buildkitci.progress;

import java.time.Duration;

/**
 * Where the time went. Each is the time during which at least one such thing went on, so they can overlap and do not add
 * up to the total.
 *
 * @param total from the first start to the last sign of life
 * @param build steps of the Dockerfile, base images included
 * @param export making the image or files, without push and inline cache
 * @param push sending image and manifests to the registry
 * @param cacheExport writing caches, an inline one included
 * @param cacheImport reading caches' manifests
 */
public record PhaseTimes(
        Duration total, Duration build, Duration export, Duration push, Duration cacheExport, Duration cacheImport) {}
