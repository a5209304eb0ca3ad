package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.it.RunnerStep.Told;
import io.buildkitci.model.Driver;
import org.junit.jupiter.api.Test;

/** The action with a cache service of one's own, as on a runner that stays. */
class ActionServiceCacheIT {
    private static RunnerStep build(RunnerJob job, ServedCache cache, String token) {
        return job.step("build-push")
                .input("context", ".")
                .input("cache", "service=" + cache.address())
                .input("cache-token", token)
                .input("outputs", "type=cacheonly");
    }

    @Test
    void itsLayersComeBackAndItsTokensAreMasked() throws Exception {
        try (RunnerJob job = new RunnerJob();
                ServedCache cache = ServedCache.at("0.0.0.0", job.machine())) {
            // what the runner's own cache service would be asked with
            job.with("ACTIONS_RUNTIME_TOKEN", "of-the-runner").with("ACTIONS_RESULTS_URL", "http://runner.invalid/");
            String name = job.builder(Driver.DOCKER_CONTAINER);
            job.file("Dockerfile", "FROM BASE\nRUN echo %s > /made\n".formatted(CommandLine.fresh()));
            String token = cache.token("refs/heads/main", "--write");

            Told written = build(job, cache, token).main();
            job.machine().buildx("prune", "--all", "--force", "--builder", name);
            Told read = build(job, cache, token).main();

            assertThat(written.exit()).as(written.toString()).isZero();
            assertThat(written.log()).contains("(0 cached, 1 run)");
            assertThat(read.exit()).as(read.toString()).isZero();
            assertThat(read.log()).contains("(1 cached, 0 run)");
            assertThat(read.view().data("add-mask")).contains(token).hasSizeGreaterThanOrEqualTo(3);
            for (String secret : read.view().data("add-mask")) {
                assertThat(read.view().plain()).noneMatch(line -> line.contains(secret));
                assertThat(read.summary()).doesNotContain(secret);
                assertThat(read.outputs().values()).noneMatch(output -> output.contains(secret));
            }
            assertThat(read.view().data("add-mask").stream().filter(secret -> !secret.equals(token)))
                    .allSatisfy(secret ->
                            assertThat(cache.status("/revoke", secret)).isEqualTo(401));
        }
    }
}
