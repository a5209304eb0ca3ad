package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that ends at once, for which buildx waits a quarter of a minute: every buildx at the same time. */
class BadFlagsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @AutoClose("shutdownNow")
    private final ExecutorService each = Executors.newCachedThreadPool();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theDaemonThatDoesNotKnowItsFlagsIsQuotedAndNothingOfItIsLeft() throws Exception {
        List<Callable<Boolean>> tries = BuilderTestbed.buildxes()
                .map(buildx -> (Callable<Boolean>) () -> isQuoted(buildx))
                .toList();

        for (Future<Boolean> one : each.invokeAll(tries)) {
            assertThat(one.get()).isTrue();
        }
    }

    private boolean isQuoted(String buildx) throws Exception {
        String name = "it-flags-" + UUID.randomUUID().toString().substring(0, 8);
        BuilderTestbed testbed = new BuilderTestbed(Files.createTempDirectory(folder, "own"), buildx);
        List<Setting> options =
                List.of(new Setting("network", "host"), new Setting("image", BuilderTestbed.PARTS.buildkitImage()));
        NodeSpec bad = new NodeSpec(Optional.empty(), Optional.empty(), List.of(), options, List.of("--nonsense"));

        Creation creation =
                testbed.builders().create(Specs.of(Driver.DOCKER_CONTAINER, name, bad), LIMIT, (stream, line) -> {});

        assertThat(creation)
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.failure().text()).contains("nonsense"));
        assertThat(testbed.traces(name)).isEmpty();
        assertThat(testbed.isTidy()).isTrue();
        return true;
    }
}
