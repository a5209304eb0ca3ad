package io.buildkitci.model;

import java.util.Optional;

/**
 * The wish to turn on an engine's BuildKit and its containerd image store.
 *
 * @param write whether its file is changed, or only shown how it would be
 * @param file its {@code daemon.json}; empty for that of the engine that is talked to
 */
public record EngineSetup(boolean write, Optional<String> file) {}
