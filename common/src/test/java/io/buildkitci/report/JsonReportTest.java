package io.buildkitci.report;

import static io.buildkitci.report.Reports.digest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The keys that programs rely on. */
class JsonReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aBuiltImage() throws JsonProcessingException {
        String expected = """
                {"outcome": "built", "exitCode": 0, "attempts": 2,
                 "builder": {"name": "ci", "driver": "docker-container"},
                 "platforms": [
                   {"platform": "linux/amd64", "digest": "B"},
                   {"platform": "linux/arm64", "digest": "C", "emulator": "/usr/bin/qemu-aarch64"}],
                 "image": {"digest": "A", "tags": ["registry.example/app:1", "registry.example/app:latest"],
                   "pushed": true, "pull": "docker pull registry.example/app@A"},
                 "steps": {"total": 12, "cached": 9, "run": 3, "slowest": [
                   {"name": "RUN make", "platform": "linux/arm64", "seconds": 31.24},
                   {"name": "COPY . .", "seconds": 0.049}]},
                 "seconds": {"total": 185.4, "build": 170.0, "export": 1.96, "push": 5.0, "cacheExport": 0.81},
                 "shares": [],
                 "warnings": [{"rule": "FromAsCasing", "message": "'as' and 'FROM' keywords' casing do not match",
                   "file": "Dockerfile", "line": 3, "url": "https://docs.example/x"}],
                 "notes": ["cache-to was dropped: the token is read-only"]}
                """.replace("\"A\"", '"' + digest('a') + '"')
                .replace("@A", "@" + digest('a'))
                .replace("\"B\"", '"' + digest('b') + '"')
                .replace("\"C\"", '"' + digest('c') + '"');

        assertThat(read(Reports.pushed())).isEqualTo(JSON.readTree(expected));
    }

    @Test
    void whatTheTimeWentTo() throws JsonProcessingException {
        BuildReport report = Reports.pushed();
        Work work = new Work(
                report.work().steps(),
                report.work().times(),
                List.of(
                        new Work.Share("base images", Duration.ofMillis(1250)),
                        new Work.Share("RUN", Duration.ofMinutes(2))),
                Work.Timeline.NONE);

        JsonNode json = read(new BuildReport(
                report.result(), report.image(), work, report.builder(), report.remarks(), report.attempts()));

        assertThat(json.get("shares")).isEqualTo(JSON.readTree("""
                [{"what": "base images", "seconds": 1.25}, {"what": "RUN", "seconds": 120.0}]
                """));
    }

    @Test
    void aFailure() throws JsonProcessingException {
        JsonNode json = read(Reports.failed(Reports.failingTest("quote \" and \u001b[0m")));

        assertThat(json.get("outcome").asText()).isEqualTo("failed");
        assertThat(json.get("exitCode").asInt()).isEqualTo(1);
        assertThat(json.has("image")).isFalse();
        assertThat(json.get("failure")).isEqualTo(JSON.readTree("""
                                {"code": "step-failed", "blame": "build", "retryable": false,
                                 "message": "RUN make test exited with code 2",
                                 "advice": "Read the step's last lines and correct it.",
                                 "help": "docs/failures.md#step-failed",
                                 "file": "Dockerfile", "line": 12, "lastLine": 12,
                                 "step": "[linux/arm64 test 3/3] RUN make test", "platform": "linux/arm64", "stage": "test",
                                 "output": ["quote \\" and \\u001b[0m"]}
                                """));
    }

    @Test
    void aStoppedBuildIsCancelledAndNotFailed() throws JsonProcessingException {
        JsonNode json = read(Reports.failed(Reports.cancelled()));

        assertThat(json.get("outcome").asText()).isEqualTo("cancelled");
        assertThat(json.get("exitCode").asInt()).isEqualTo(130);
    }

    private static JsonNode read(BuildReport report) throws JsonProcessingException {
        return JSON.readTree(JsonReport.render(report));
    }
}
