package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.Revived;
import io.buildkitci.console.ProgressView;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Driver;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.plan.Capabilities.Buildx;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.words.KnownWords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a build whose builder somebody removes. */
class VanishedTest {
    private static final String INSTANCE = "/bx/instances/ci";
    private static final Optional<FailureCode> MISSING = Optional.of(FailureCode.BUILDER_MISSING);

    private final InMemoryFiles files = new InMemoryFiles();
    private final Map<String, String> variables = new HashMap<>(Map.of("BUILDX_CONFIG", "/bx"));
    private final List<String> revived = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private Revived answer = new Revived.MadeAgain();

    private Vanished vanished() {
        ClientEnvironment environment =
                ClientEnvironment.from(variables, Path.of("/home/p"), ClientEnvironment.Os.LINUX);
        boolean daemonIsNamed = environment.buildkitHost().isPresent();
        return new Vanished(
                new BuilderStore(files, environment),
                daemonIsNamed,
                (name, seen) -> {
                    revived.add(name + (seen.isPresent() ? " as seen" : ""));
                    return answer;
                },
                KnownWords.KNOWN);
    }

    private void isThere() {
        files.with(INSTANCE, "{\"Name\":\"ci\",\"Driver\":\"docker-container\"}");
    }

    private void isRemoved() {
        files.remove(Path.of(INSTANCE));
    }

    private static Builds.Ready ready(String... inputs) {
        return new Builds.Ready(
                Asked.of(inputs).request(),
                new Capabilities(
                        new Buildx(List.of("buildx"), Optional.empty()),
                        new BuilderFacts("ci", Optional.of(Driver.DOCKER_CONTAINER), Optional.empty(), List.of()),
                        Map.of()));
    }

    private static BuildFailure failure(FailureCode code) {
        return new BuildFailure(
                code, "as BuildKit says", Optional.empty(), Optional.empty(), List.of("EOF"), "Wait.", "docs");
    }

    private Optional<String> before(String... inputs) throws InterruptedException {
        BuildRequest asked = Asked.of(inputs).request();
        Vanished.Before before = vanished().before(asked.means(), asked.patience());
        return before.note().or(() -> before.failure().map(failure -> failure.text() + ": " + failure.advice()));
    }

    @Test
    void oneThatIsAskedForAndGoneIsMadeAgainBeforeTheBuild() throws Exception {
        assertThat(before("builder", "ci")).contains("builder 'ci' was gone and is made again, as it was made before");
        assertThat(revived).containsExactly("ci");
    }

    @Test
    void soIsTheOneThatWasSelected() throws Exception {
        files.with("/bx/current", "{\"Key\":\"unix:///var/run/docker.sock\",\"Name\":\"ci\",\"Global\":false}");

        assertThat(before()).isPresent();
        variables.put("BUILDX_BUILDER", "other");
        assertThat(before()).isPresent();
        assertThat(revived).containsExactly("ci", "other");
    }

    @Test
    void nothingIsMadeThatIsThereOrNotKnownOrNotWanted() throws Exception {
        assertThat(before()).isEmpty();
        assertThat(before("builder", "ci", "client", "buildctl")).isEmpty();
        assertThat(before("builder", "ci", "retries", "0")).isEmpty();
        isThere();
        assertThat(before("builder", "ci")).isEmpty();
        isRemoved();
        assertThat(revived).isEmpty();

        answer = new Revived.NotKnown(false);
        assertThat(before("builder", "ci")).isEmpty();
    }

    @Test
    void whyItCouldNotBeMadeAgainIsWhyNothingIsBuilt() throws Exception {
        answer = new Revived.Failed(new BuilderFailure(Reason.NO_ENGINE, "no engine", "Start it", List.of()));

        assertThat(before("builder", "ci"))
                .contains("builder 'ci' was gone and could not be made again: no engine: Start it");
    }

    @Test
    void aDaemonThatTheEnvironmentNamesStandsForTheOneSelected() throws Exception {
        files.with("/bx/current", "{\"Key\":\"unix:///var/run/docker.sock\",\"Name\":\"ci\",\"Global\":false}");
        variables.put("BUILDKIT_HOST", "tcp://b:1234");

        assertThat(before()).isEmpty();
        assertThat(revived).isEmpty();
    }

    @Test
    void aLossIsToldAsARemovalWhereItIsOne() {
        isThere();
        assertThat(vanished().told(failure(FailureCode.BUILDER_LOST), ready()).message())
                .isEqualTo("as BuildKit says");
        isRemoved();

        assertThat(vanished().told(failure(FailureCode.BUILDER_LOST), ready())).satisfies(told -> {
            assertThat(told.message()).isEqualTo("builder 'ci' was removed while it was building");
            assertThat(told.code()).isEqualTo(FailureCode.BUILDER_LOST);
            assertThat(told.clientLines()).containsExactly("EOF");
            assertThat(told.advice()).startsWith("Make it again with " + KnownWords.KNOWN.step("create-builder"));
        });
        assertThat(vanished()
                        .told(failure(FailureCode.BUILDER_MISSING), ready())
                        .message())
                .isEqualTo("builder 'ci' was removed before the build began");
        assertThat(vanished().told(failure(FailureCode.STEP_FAILED), ready()).message())
                .isEqualTo("as BuildKit says");
    }

    @Test
    void whatIsDoneForAnotherRunIsSaid() throws Exception {
        isThere();
        Optional<String> seen = vanished().seen(ready());
        answer = new Revived.Remembered(List.of("buildx_buildkit_ci0"));
        assertThat(again(seen))
                .isEqualTo(new Vanished.Usable(Optional.of(
                        "builder 'ci' gets a new container in place of buildx_buildkit_ci0, which is gone")));
        answer = new Revived.Remembered(List.of());
        assertThat(again(seen)).isEqualTo(new Vanished.Usable(Optional.empty()));
        isRemoved();
        answer = new Revived.MadeAgain();
        assertThat(again(seen))
                .isEqualTo(new Vanished.Usable(
                        Optional.of("builder 'ci' was gone and is made again, as it was made before")));
        assertThat(revived).containsOnly("ci as seen");
    }

    @Test
    void oneThatCannotBeBroughtBackIsToldToBeRemoved() throws Exception {
        isThere();
        Optional<String> seen = vanished().seen(ready());
        isRemoved();
        answer = new Revived.NotKnown(false);
        assertThat(gone(seen).message()).isEqualTo("builder 'ci' was removed while it was building");
        answer = new Revived.NotKnown(true);
        assertThat(gone(seen).advice()).startsWith("It was made with variables or credentials, which are not kept.");
        answer = new Revived.Failed(BuilderFailure.of(Reason.NO_ENGINE, "no engine answers"));
        assertThat(gone(seen).advice()).startsWith("It could not be made again: no engine answers. Make it again");
    }

    private Vanished.Answer again(Optional<String> seen) throws InterruptedException {
        return vanished().again(failure(FailureCode.BUILDER_LOST), ready(), seen);
    }

    private BuildFailure gone(Optional<String> seen) throws InterruptedException {
        return ((Vanished.Gone) again(seen)).failure();
    }

    @Test
    void aRunThatFoundNoBuilderCountsForNone() throws Exception {
        isThere();
        Finished finished = attempts(ready(), List.of(MISSING, Optional.empty()));

        assertThat(finished.failure()).isEmpty();
        assertThat(finished.earlier())
                .singleElement()
                .asString()
                .endsWith("[builder-missing]; builder 'ci' was gone and is made again, as it was made before");
        assertThat(shown).hasSize(2);
    }

    @Test
    void butOnceOnlyAndNotWhereNothingIsTriedTwice() throws Exception {
        isThere();
        assertThat(attempts(ready(), List.of(MISSING, MISSING)).failure()).isPresent();
        assertThat(attempts(ready("retries", "0"), List.of(MISSING)).failure()).isPresent();
    }

    /** @param codes that its runs end with; empty for one that is good */
    private Finished attempts(Builds.Ready ready, List<Optional<FailureCode>> codes) throws InterruptedException {
        Deque<Optional<FailureCode>> ends = new ArrayDeque<>(codes);
        Attempts attempts = new Attempts(vanished(), Shown::new, InstantSource.fixed(Instant.EPOCH), Instant.EPOCH);
        Finished finished = attempts.run(
                ready,
                without -> new Finished(
                        ready.without(without).request(),
                        ready.capabilities(),
                        Optional.empty(),
                        ends.remove().map(VanishedTest::failure),
                        Map.of(),
                        List.of(),
                        Duration.ZERO));
        assertThat(ends).isEmpty();
        return finished;
    }

    private final class Shown implements ProgressView {
        @Override
        public void update(ProgressLine line) {
            shown.add(line.toString());
        }

        @Override
        public void tick() {}

        @Override
        public void close() {}
    }
}
