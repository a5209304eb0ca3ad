package io.buildkitci.build;

import io.buildkitci.docker.DockerEngine;
import io.buildkitci.model.Platform;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Reachability;
import io.buildkitci.process.Workspaces;
import java.time.InstantSource;

/**
 * What a build needs of the machine.
 *
 * @param platform what this machine runs itself
 */
public record Tools(
        Platform platform,
        ProcessRunner processes,
        HostFiles files,
        Workspaces workspaces,
        DockerEngine engine,
        Reachability reachability,
        InstantSource clock) {}
