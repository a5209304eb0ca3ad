package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Platform;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Machines;
import io.buildkitci.words.KnownWords;
import org.junit.jupiter.api.Test;

class BuildsTest {
    private static final Capabilities NOT_LOOKED_AT = Machines.withNodes(Machines.remote());

    private final PlayedTools played = new PlayedTools();

    @Test
    void aBuilderIsAskedBesideABuildForPlatformsOnly() throws InterruptedException {
        played.runner
                .on("/bin/docker-buildx", "inspect")
                .out("Name: ci", "Driver: remote", "Nodes:", "Name: ci0", "Status: running", "Platforms: linux/s390x");

        Capabilities without = more(Asked.of("tags", "localhost:5555/a:1"));
        assertThat(without.builder().nodes()).isEmpty();
        assertThat(played.runner.commands()).isEmpty();

        Capabilities with = more(Asked.of("tags", "localhost:5555/a:1", "platforms", "linux/s390x"));
        assertThat(with.builder().nodes())
                .singleElement()
                .satisfies(node -> assertThat(node.platforms()).containsExactly(new Platform("linux", "s390x", "")));
    }

    private Capabilities more(Asked asked) throws InterruptedException {
        Builds builds = new Builds(played.tools(), played.probe(), KnownWords.KNOWN);
        return builds.more(new Builds.Ready(asked.request(), NOT_LOOKED_AT));
    }
}
