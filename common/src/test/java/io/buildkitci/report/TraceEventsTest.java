package io.buildkitci.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.Recorded;
import io.buildkitci.progress.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TraceEventsTest {
    @ParameterizedTest
    @FieldSource("io.buildkitci.progress.Recorded#BUILDS")
    void everyRunOfEveryStepIsAnEventInsideOfTheBuild(String build) throws IOException {
        BuildTrace trace = Recorded.trace(build);

        List<JsonNode> runs = events(trace, "X");

        int expected = 0;
        for (Step step : trace.steps()) {
            expected += step.runs().size();
        }
        assertThat(runs).hasSize(expected).allSatisfy(event -> {
            assertThat(event.get("ts").longValue()).isNotNegative();
            assertThat(event.get("ts").longValue() + event.get("dur").longValue())
                    .isLessThanOrEqualTo(trace.times().total().toNanos() / 1000 + 1);
        });
    }

    @ParameterizedTest
    @FieldSource("io.buildkitci.progress.Recorded#BUILDS")
    void nothingOverlapsOnATrack(String build) throws IOException {
        Map<String, List<JsonNode>> tracks = new HashMap<>();
        for (JsonNode event : events(Recorded.trace(build), "X")) {
            tracks.computeIfAbsent(event.get("pid") + "/" + event.get("tid"), first -> new ArrayList<>())
                    .add(event);
        }

        assertThat(tracks.values()).allSatisfy(events -> {
            for (int i = 1; i < events.size(); i++) {
                JsonNode before = events.get(i - 1);
                assertThat(events.get(i).get("ts").longValue() + 1)
                        .isGreaterThanOrEqualTo(
                                before.get("ts").longValue() + before.get("dur").longValue());
            }
        });
    }

    @Test
    void stagesArePutApartByNameAndFailuresSayWhy() throws IOException {
        BuildTrace trace = Recorded.trace("failing-run-buildx-0.36.1");

        List<String> names = events(trace, "M").stream()
                .map(event -> event.get("args").get("name").asText())
                .toList();
        List<JsonNode> failed = events(trace, "X").stream()
                .filter(event -> event.get("args").get("state").asText().equals("failed"))
                .toList();

        assertThat(names).doesNotHaveDuplicates().contains("BuildKit");
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).get("args").get("error").asText()).contains("exit code");
    }

    @Test
    void aBuildThatNeverBeganHasNoEvents() throws IOException {
        BuildTrace nothing = new BuildTrace(List.of(), List.of(), Optional.empty(), Optional.empty());

        assertThat(events(nothing, "X")).isEmpty();
    }

    private static List<JsonNode> events(BuildTrace trace, String phase) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (JsonNode event :
                new ObjectMapper().readTree(TraceEvents.render(trace)).get("traceEvents")) {
            if (event.get("ph").asText().equals(phase)) {
                events.add(event);
            }
        }
        return events;
    }
}
