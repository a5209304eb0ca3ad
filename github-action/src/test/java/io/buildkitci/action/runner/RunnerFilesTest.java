package io.buildkitci.action.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.process.InMemoryFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerFilesTest {
    private final InMemoryFiles files =
            new InMemoryFiles().with("/runner/output", "").with("/runner/state", "");
    private final Map<String, String> environment =
            Map.of("GITHUB_OUTPUT", "/runner/output", "GITHUB_STATE", "/runner/state", "GITHUB_STEP_SUMMARY", "");
    private final Iterator<String> tokens =
            List.of("first", "second", "third", "fourth").iterator();
    private final RunnerFiles runner =
            new RunnerFiles(name -> Optional.ofNullable(environment.get(name)), files, tokens::next);

    private Map<String, String> outputs() {
        return RunnerView.values(files.read(Path.of("/runner/output")).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "two\nlines",
                "ends with one\n",
                "\n",
                "\r\n",
                "a\r\nb\r",
                " blanks ",
                "x=y",
                "x<<first\nfirst",
                "a\nfirst\nevil=1\nsecond",
                "%0A%25",
                "\u00fc\ud83d\ude80\u0000"
            })
    void aValueArrivesExactToTheByte(String value) throws IOException {
        runner.output("before", "1");
        runner.output("value", value);
        runner.output("after", "2");

        assertThat(outputs()).isEqualTo(Map.of("before", "1", "value", value, "after", "2"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void hundredsOfHostileValuesArriveExactAndNoOther(int seed) throws IOException {
        Random random = new Random(seed);
        RunnerFiles many = new RunnerFiles(
                name -> Optional.ofNullable(environment.get(name)), files, () -> "token" + random.nextInt(50));
        List<String> pieces =
                List.of("\n", "\r\n", "<<", "=", "token", "token1", "7\n", "::set-output name=x::", "\u0000", "é");
        Map<String, String> written = new LinkedHashMap<>();
        for (int i = 0; i < 200; i++) {
            StringBuilder value = new StringBuilder();
            for (int piece = random.nextInt(8); piece > 0; piece--) {
                value.append(pieces.get(random.nextInt(pieces.size())));
            }
            many.output("value" + i, value.toString());
            written.put("value" + i, value.toString());
        }

        assertThat(outputs()).isEqualTo(written);
    }

    @Test
    void aDelimiterThatTheValueHoldsIsNotTaken() throws IOException {
        runner.output("digest", "first");

        assertThat(files.read(Path.of("/runner/output"))).contains("digest<<second\nfirst\nsecond\n");
    }

    @Test
    void aLaterStateTakesThePlaceOfAnEarlierOne() throws IOException {
        runner.state("undo", "{}");
        runner.state("undo", "");

        assertThat(RunnerView.values(files.read(Path.of("/runner/state")).orElseThrow()))
                .isEqualTo(Map.of("undo", ""));
        assertThat(runner.state("undo")).contains("");
        assertThat(runner.state("another")).isEmpty();
    }

    @Test
    void saysWhichFileTheRunnerDoesNotName() {
        assertThat(runner.takesSummaries()).isFalse();
        assertThatThrownBy(() -> runner.summary("# x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("GITHUB_STEP_SUMMARY");
    }
}
