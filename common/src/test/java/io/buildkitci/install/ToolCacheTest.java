package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where tools are kept. */
class ToolCacheTest {
    @Test
    void theRunnersToolCacheIsTakenFirst() {
        Path home = Path.of("/home/me");

        assertThat(ToolCache.place(Map.of("RUNNER_TOOL_CACHE", "/opt/tools"), home))
                .isEqualTo(Path.of("/opt/tools/buildkit-ci"));
        assertThat(ToolCache.place(Map.of("XDG_CACHE_HOME", "/var/cache/me"), home))
                .isEqualTo(Path.of("/var/cache/me/buildkit-ci/tools"));
        assertThat(ToolCache.place(Map.of("RUNNER_TOOL_CACHE", ""), home))
                .isEqualTo(Path.of("/home/me/.cache/buildkit-ci/tools"));
    }
}
