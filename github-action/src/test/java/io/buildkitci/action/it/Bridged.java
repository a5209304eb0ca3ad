package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** A builder in a container with a network of its own, for which this machine's loopback is another's. */
record Bridged(CommandLine commandLine, String name) implements AutoCloseable {
    static Bridged make(CommandLine commandLine) throws IOException, InterruptedException {
        String name = "its-bridged-" + CommandLine.fresh();
        Said made = commandLine.run(
                "create-builder", "--name", name, "--use=false", "--driver-opts", "image=" + TESTBED.buildkitImage());
        assertThat(made.exit()).as(made.toString()).isZero();
        return new Bridged(commandLine, name);
    }

    JsonNode build(String token, String address, Path context) throws IOException, InterruptedException {
        return commandLine
                .with("BUILDKIT_CI_CACHE_TOKEN", token)
                .run(
                        "build-push",
                        "--builder",
                        name,
                        "--cache",
                        "service=" + address,
                        "--outputs",
                        "type=cacheonly",
                        "--json",
                        context.toString())
                .built();
    }

    /** All that it has in its own cache. */
    void forget() throws IOException, InterruptedException {
        Said pruned = commandLine.buildx("prune", "--all", "--force", "--builder", name);
        assertThat(pruned.exit()).as(pruned.toString()).isZero();
    }

    @Override
    public void close() throws IOException {
        try {
            commandLine.run("remove-builder", "--name", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
