package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.it.RunnerStep.Told;
import io.buildkitci.model.Driver;
import java.util.List;
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

    private static RunnerStep bake(RunnerJob job, ServedCache cache, String token) {
        return job.step("bake")
                .input("source", ".")
                .input("cache", "service=" + cache.address())
                .input("cache-token", token);
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
            assertNoneIsSeen(read, token, cache);
        }
    }

    private static void assertNoneIsSeen(Told told, String lasting, ServedCache cache) throws Exception {
        List<String> masked = told.view().data("add-mask");
        assertThat(masked).contains(lasting).hasSizeGreaterThanOrEqualTo(3);
        for (String secret : masked) {
            assertThat(told.view().plain()).noneMatch(line -> line.contains(secret));
            assertThat(told.summary()).doesNotContain(secret);
            assertThat(told.outputs().values()).noneMatch(output -> output.contains(secret));
        }
        assertThat(masked.stream().filter(secret -> !secret.equals(lasting)))
                .allSatisfy(
                        secret -> assertThat(cache.status("/revoke", secret)).isEqualTo(401));
    }

    @Test
    void itIsForTheTargetsOfADefinitionToo() throws Exception {
        try (RunnerJob job = new RunnerJob();
                ServedCache cache = ServedCache.at("0.0.0.0", job.machine())) {
            String name = job.builder(Driver.DOCKER_CONTAINER);
            job.file("Dockerfile", "FROM BASE\nRUN echo %s > /made\n".formatted(CommandLine.fresh()));
            job.file("docker-bake.hcl", "target \"default\" { output = [\"type=cacheonly\"] }\n");
            String token = cache.token("refs/heads/main", "--write");

            Told written = bake(job, cache, token).main();
            job.machine().buildx("prune", "--all", "--force", "--builder", name);
            Told read = bake(job, cache, token).main();

            assertThat(written.exit()).as(written.toString()).isZero();
            assertThat(read.exit()).as(read.toString()).isZero();
            assertThat(read.summary()).contains("1 of 1 cached");
            assertNoneIsSeen(read, token, cache);
        }
    }
}
