package io.buildkitci.progress;

import static io.buildkitci.progress.News.done;
import static io.buildkitci.progress.News.news;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetTracesTest {
    private static final List<String> SERVICES = List.of("api", "web", "worker");

    private static Map<String, BuildTrace> split(String recorded) {
        return TargetTraces.split(Recorded.trace(recorded), SERVICES);
    }

    private static BuildTrace of(String target, Map<String, BuildTrace> traces) {
        return Optional.ofNullable(traces.get(target)).orElseThrow();
    }

    private static List<String> commands(BuildTrace trace, StepKind kind) {
        return trace.steps().stream()
                .filter(step -> step.kind() == kind)
                .map(step -> step.name().command())
                .toList();
    }

    @Test
    void everyTargetHasItsOwnSteps() {
        Map<String, BuildTrace> traces = split("bake-services-buildx-0.36.1");

        assertThat(traces.keySet()).containsExactlyElementsOf(SERVICES);
        assertThat(commands(of("api", traces), StepKind.RUN))
                .containsExactlyInAnyOrder("RUN echo api-1 > /x", "RUN cat /x && sleep 0.2");
        assertThat(commands(of("worker", traces), StepKind.RUN))
                .containsExactlyInAnyOrder("RUN echo worker-0 > /x", "RUN cat /x && sleep 0.2");
        assertThat(of("web", traces).counts().total()).isEqualTo(2);
    }

    /** buildx names the base image after one of them. */
    @Test
    void aStepThatSeveralNeedIsInEach() {
        Map<String, BuildTrace> traces = split("bake-services-buildx-0.36.1");

        assertThat(traces.values())
                .allSatisfy(trace -> assertThat(commands(trace, StepKind.FROM))
                        .anyMatch(command -> command.startsWith("FROM localhost:5000/testbed/busybox:1")));
    }

    @Test
    void stepsAreCalledAsIfTheirTargetWereTheOnlyOne() {
        BuildTrace web = of("web", split("bake-services-buildx-0.36.1"));

        assertThat(web.steps())
                .extracting(step -> step.name().text())
                .contains("[base 2/2] RUN echo web-0 > /x", "exporting to image", "[internal] load .dockerignore");
        assertThat(web.started()).isPresent();
        assertThat(web.times().total()).isPositive();
    }

    /** Two targets with one and the same last step, and checks of the Dockerfile that found something in each. */
    @Test
    void aStepThatIsTheSameInTwoCountsInBothAndWarningsAreOfTheirTarget() {
        Map<String, BuildTrace> traces =
                TargetTraces.split(Recorded.trace("bake-same-steps-buildx-0.36.1"), List.of("one", "two", "three"));

        for (String twin : List.of("one", "two")) {
            BuildTrace trace = of(twin, traces);
            assertThat(commands(trace, StepKind.RUN)).as(twin).containsExactly("RUN echo a");
            assertThat(trace.steps())
                    .extracting(step -> step.name().text())
                    .as(twin)
                    .contains("[2/2] RUN echo a", "[internal] load build definition from Dockerfile");
            assertThat(trace.warnings())
                    .as(twin)
                    .extracting(warning -> warning.text().replaceAll(":.*", ""))
                    .containsExactlyInAnyOrder("MaintainerDeprecated", "ConsistentInstructionCasing");
        }
        assertThat(commands(of("three", traces), StepKind.RUN)).containsExactly("RUN echo b");
        assertThat(of("three", traces).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.text()).startsWith("JSONArgsRecommended"));
    }

    @Test
    void aFailureIsOfItsTarget() {
        Map<String, BuildTrace> traces = split("bake-failing-buildx-0.36.1");

        assertThat(of("web", traces).failing())
                .singleElement()
                .satisfies(step -> assertThat(step.error()).contains("exit code: 7"));
        assertThat(of("api", traces).failing()).isEmpty();
        assertThat(of("worker", traces).failing()).isEmpty();
    }

    /** buildx writes no name of a target that is alone, and a stage may be called as one. */
    @Test
    void aSingleTargetHasAllOfIt() {
        TraceRecorder recorder = new TraceRecorder(Redactor.NONE);
        recorder.record(news(done("a", "[app 1/1] RUN make", 0, 1)));
        recorder.record(news(done("b", "exporting to image", 1, 2)));
        recorder.finish();
        BuildTrace trace = recorder.snapshot();

        assertThat(TargetTraces.split(trace, Set.of("app"))).containsExactly(Map.entry("app", trace));
    }
}
