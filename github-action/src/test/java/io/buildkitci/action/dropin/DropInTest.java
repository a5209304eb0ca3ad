package io.buildkitci.action.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.runner.RunnerView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A step that was written for a peer's action does the same with ours, but for differences that are named. */
class DropInTest {
    static Stream<Arguments> rows() {
        return Row.STEPS.stream().flatMap(step -> Row.of(step).stream().map(row -> Arguments.of(step, row)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void aStepDoesWhatItDidWithThePeer(String step, Row row) throws InterruptedException {
        PlayedStep.Done done = PlayedStep.run(step, row);

        String refused = row.fails()
                .orElse(row.differs().flatMap(Row.Difference::refuses).orElse(""));
        if (refused.isEmpty()) {
            assertThat(done.calls()).as(done.log()).containsExactlyElementsOf(expected(row));
            assertThat(done.exit()).as(done.log()).isZero();
        } else {
            assertThat(done.calls()).isEmpty();
            assertThat(done.exit()).as(done.log()).isNotZero();
            assertThat(RunnerView.of(done.log()).data("error"))
                    .anySatisfy(e -> assertThat(e).contains(refused));
        }
    }

    /** The peer's call with the named differences, each of which has to be one. */
    private static List<String> expected(Row row) {
        List<String> expected = new ArrayList<>(Meaning.ofItems(row.peer()));
        row.differs().ifPresent(difference -> {
            List<String> without = Meaning.ofItems(difference.without());
            List<String> with = Meaning.ofItems(difference.with());
            assertThat(without.isEmpty() && with.isEmpty()).as("a difference").isFalse();
            assertThat(expected).containsAll(without);
            assertThat(with).as("with").filteredOn(without::contains).isEmpty();
            without.forEach(expected::remove);
            expected.addAll(with);
        });
        return expected.stream().sorted().toList();
    }

    @Test
    void aRowHasItsOwnName() {
        assertThat(rows().map(row -> List.of(row.get()).toString())).doesNotHaveDuplicates();
    }

    @Test
    void everyInputOfThePeersIsInARow() {
        assertThat(Row.of("build-push").stream().flatMap(row -> row.with().keySet().stream()))
                .contains(BUILD_PUSH.split(" "));
        assertThat(Row.of("create-builder").stream().flatMap(row -> row.with().keySet().stream()))
                .contains(CREATE_BUILDER.split(" "));
        assertThat(Row.of("setup-qemu").stream().flatMap(row -> row.with().keySet().stream()))
                .contains("image", "platforms", "reset");
    }

    /** As declared by docker/build-push-action 7.3.0. */
    private static final String BUILD_PUSH =
            "add-hosts allow annotations attests build-args build-contexts builder cache-from cache-to call cgroup-parent"
                    + " context file labels load network no-cache no-cache-filters outputs platforms provenance pull push"
                    + " sbom secrets secret-envs secret-files shm-size ssh tags target ulimit github-token";

    /** As declared by docker/setup-buildx-action 4.3.0, less those that buildx is not told: version, caches, cleanup. */
    private static final String CREATE_BUILDER =
            "driver driver-opts buildkitd-flags buildkitd-config buildkitd-config-inline use name endpoint platforms"
                    + " append keep-state";
}
