package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.json.PlainJson;
import io.buildkitci.process.InMemoryFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoneBuildersTest {
    private static final Path NOTES = Path.of("/state/made");
    private static final Path NOTE = NOTES.resolve("1.json");
    private static final Path BUILDX = Path.of("/b x/instances/ci");

    private final InMemoryFiles files = new InMemoryFiles().with(NOTE.toString(), """
            {"place": "/b x tcp://e:1", "name": "CI", "mark": "m", "driver": "remote", "nodes": [{"flags": ["a"]}]}
            """);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private void look(Duration later) {
        now = now.plus(later);
        new GoneBuilders(files, NOTES, () -> now).forget();
    }

    @Test
    void aNoteGoesWhenItsBuilderHasBeenGoneForAMonth() {
        look(Duration.ZERO);
        look(Duration.ofDays(30));
        assertThat(files.list(NOTES)).hasSize(1);

        look(Duration.ofSeconds(1));
        assertThat(files.list(NOTES)).isEmpty();
    }

    @Test
    void whatItSaysStaysUntilThen() {
        String before = files.read(NOTE).orElseThrow();

        look(Duration.ZERO);
        look(Duration.ofDays(1));

        PlainJson noted = PlainJson.parse(files.read(NOTE).orElseThrow());
        assertThat(noted.wholeNumber("gone"))
                .contains(now.minus(Duration.ofDays(1)).getEpochSecond());
        assertThat(MadeBuilder.parse(noted)).isEqualTo(MadeBuilder.parse(PlainJson.parse(before)));
        assertThat(noted.text("place")).isEqualTo("/b x tcp://e:1");
    }

    @Test
    void oneThatIsThereAgainHasNotBeenGone() {
        look(Duration.ZERO);
        files.with(BUILDX.toString(), "{}");
        look(Duration.ofDays(29));
        assertThat(PlainJson.parse(files.read(NOTE).orElseThrow()).has("gone")).isFalse();

        look(Duration.ofDays(400));
        assertThat(files.list(NOTES)).hasSize(1);
    }

    @Test
    void aClockThatWasWrongEndsNothing() {
        look(Duration.ZERO);
        look(Duration.ofDays(-400));
        look(Duration.ofDays(20));

        assertThat(files.list(NOTES)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"name\":\"ci\"}", "{\"place\":\"/b \",\"name\":\"../x\"}"})
    void whatIsNoNoteIsLeftAlone(String text) {
        files.with(NOTE.toString(), text);

        look(Duration.ZERO);
        look(Duration.ofDays(400));

        assertThat(files.read(NOTE)).contains(text);
    }
}
