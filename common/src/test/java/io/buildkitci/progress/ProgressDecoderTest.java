package io.buildkitci.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressDecoderTest {
    private final ProgressDecoder decoder = new ProgressDecoder();

    @Test
    void readsEveryFieldOfAVertex() {
        ProgressLine.Update update = update("""
                {"vertexes":[{"digest":"sha256:b","inputs":["sha256:a"],"name":"[1/2] RUN x \\u003e y",\
                "started":"2026-11-23T21:14:23.051650164Z","completed":"2026-11-23T21:14:24Z","cached":true,\
                "error":"exit code: 42","progressGroup":{"id":"g","name":"n","weak":true}}]}""");

        assertThat(update.vertices())
                .containsExactly(new Vertex(
                        "sha256:b",
                        List.of("sha256:a"),
                        "[1/2] RUN x > y",
                        Optional.of(Instant.parse("2026-11-23T21:14:23.051650164Z")),
                        Optional.of(Instant.parse("2026-11-23T21:14:24Z")),
                        true,
                        "exit code: 42"));
    }

    @Test
    void readsAStatusWithItsSizes() {
        ProgressLine.Update update = update("""
                {"statuses":[{"id":"sha256:4f","vertex":"sha256:v","name":"pull","total":1155720,"current":4,\
                "timestamp":"2026-11-23T21:14:23Z","started":"2026-11-23T21:14:23Z"}]}""");

        assertThat(update.statuses())
                .containsExactly(new Status(
                        "sha256:v",
                        "sha256:4f",
                        "pull",
                        4,
                        1155720,
                        Optional.of(Instant.parse("2026-11-23T21:14:23Z")),
                        Optional.empty()));
    }

    @Test
    void handsOutOutputAsBytesBecauseAPieceMayEndInsideACodePoint() {
        byte[] half = {'a', (byte) 0xc3};
        ProgressLine.Update update =
                update("{\"logs\":[{\"vertex\":\"v\",\"stream\":2,\"data\":\"" + base64(half) + "\"}]}");

        Log log = update.logs().get(0);
        byte[] read = new byte[log.data().remaining()];
        log.data().get(read);
        assertThat(log.stream()).isEqualTo(2);
        assertThat(read).isEqualTo(half);
    }

    @Test
    void readsAWarningWithoutTheDockerfileThatComesWithIt() {
        String text = base64("MaintainerDeprecated: use a label (line 4)".getBytes(StandardCharsets.UTF_8));
        ProgressLine.Update update = update("{\"warnings\":[{\"vertex\":\"v\",\"level\":1,\"short\":\"" + text
                + "\",\"detail\":[\"" + base64("more".getBytes(StandardCharsets.UTF_8))
                + "\"],\"url\":\"https://x\",\"sourceInfo\":{\"filename\":\"Dockerfile\",\"data\":\"RlJPTQ==\","
                + "\"definition\":{\"def\":[\"eA==\"],\"metadata\":{\"k\":{\"caps\":{\"c\":true}}}},"
                + "\"language\":\"Dockerfile\"},"
                + "\"range\":[{\"start\":{\"line\":4,\"character\":1},\"end\":{\"line\":6}}]}]}");

        Warning warning = update.warnings().get(0);
        assertThat(warning)
                .isEqualTo(new Warning(
                        "MaintainerDeprecated: use a label (line 4)",
                        List.of("more"),
                        "https://x",
                        "Dockerfile",
                        4,
                        6,
                        "v"));
        assertThat(warning.message()).isEqualTo("MaintainerDeprecated: use a label");
        assertThat(warning.place()).isEqualTo("Dockerfile:4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "WARNING: No output specified with docker-container driver.",
                "   4 | >>> RUN exit 42",
                "{\"level\":\"error\",\"msg\":\"a JSON line of something else\"}",
                "{\"vertexes\":\"not a list\"}",
                "{ not JSON",
                "[1,2,3]",
                "42"
            })
    void whatIsNoProgressIsTextAsItStands(String line) {
        assertThat(decoder.decode(line)).isEqualTo(new ProgressLine.Text(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"vertexes\":null}", "{\"logs\":[]}", "{\"statuses\":[null, 7, \"x\", [[]]]}"})
    void progressWithoutNewsIsAnEmptyUpdate(String line) {
        assertThat(update(line)).isEqualTo(new ProgressLine.Update(List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void skipsFieldsItDoesNotKnowAndKnownOnesOfAnotherType() {
        ProgressLine.Update update = update("""
                {"future":{"a":[1,{"b":2}]},"vertexes":[{"digest":{"x":1},"name":["n"],"cached":"yes","inputs":"i",\
                "started":17,"more":[{}],"error":"e"}],"later":3}""");

        assertThat(update.vertices())
                .containsExactly(new Vertex("", List.of(), "", Optional.empty(), Optional.empty(), false, "e"));
    }

    @Test
    void ofADamagedLineKeepsWhatIsWholeAndShowsNothingOfTheRest() {
        String whole = "{\"logs\":[{\"vertex\":\"v\",\"data\":\"YQo=\"},{\"vertex\":\"v\",\"data\":\"c2VjcmV0LXR\"";

        ProgressLine.Update update = update(whole);

        assertThat(update.logs()).hasSize(1);
    }

    @Test
    void readsTwoUpdatesThatShareALine() {
        ProgressLine.Update update = update("{\"vertexes\":[{\"digest\":\"a\"}]}{\"vertexes\":[{\"digest\":\"b\"}]}");

        assertThat(update.vertices()).extracting(Vertex::digest).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T21:14:23Z, 2026-11-23T21:14:23Z",
        "2026-11-23T21:14:23.5Z, 2026-11-23T21:14:23.5Z",
        "2026-11-23T21:14:23.123456789Z, 2026-11-23T21:14:23.123456789Z",
        "2026-11-23T21:14:23.1234567899Z, 2026-11-23T21:14:23.123456789Z",
        "2026-11-23T23:14:23.25+02:00, 2026-11-23T21:14:23.25Z",
        "2026-11-23T16:44:23-04:30, 2026-11-23T21:14:23Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
    })
    void readsTheTimestampsThatGoWrites(String text, Instant time) {
        assertThat(Rfc3339.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-11-23",
                "2026-11-23T21:14:23",
                "2026-11-23T21:14:23+0200",
                "2026-11-23T21:14:23Zulu",
                "yesterday, at half past two",
                ""
            })
    void goesZeroTimeAndWhatIsNoTimeAreNone(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }

    private ProgressLine.Update update(String line) {
        assertThat(decoder.decode(line)).isInstanceOf(ProgressLine.Update.class);
        return (ProgressLine.Update) decoder.decode(line);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
