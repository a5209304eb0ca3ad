package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is typed: it is a value, or a problem that names its input. No exception escapes, nothing takes long. */
class HostileInputsTest {
    private static final List<String> PIECES = List.of(
            "\"",
            "\"\"",
            "'",
            "`",
            ",",
            "=",
            ":",
            "/",
            "@",
            "sha256:",
            "\n",
            "\r\n",
            "\t",
            " ",
            "\u0000",
            "\u001b[31m",
            "$(id)",
            "${x}",
            "%s",
            "\\",
            "-",
            "--",
            "..",
            "../",
            "*",
            "[",
            "]",
            "{",
            "}",
            "type=",
            "registry",
            "linux/",
            "arm64",
            "é",
            "\ud83d\ude00",
            "\ud83d",
            "::error::",
            "<script>",
            "0",
            "99999999999999999999",
            "true",
            "a");

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyInputOfABuildTakesAnyText(int seed) {
        Random random = new Random(seed);
        Checked<BuildRequest> checked = BuildInputs.check(
                RawInput.of(typed(BuildInputs.ALL, random)),
                FakeOutside.checkout().outside());

        assertNamed(checked, BuildInputs.ALL);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyInputOfABuilderDoesToo(int seed) {
        Random random = new Random(seed);
        Checked<BuilderRequest> checked = BuilderInputs.check(
                RawInput.of(typed(BuilderInputs.ALL, random)),
                List.of(),
                FakeOutside.checkout().outside());

        assertNamed(checked, BuilderInputs.ALL);
    }

    private static Map<String, RawValue> typed(InputTable table, Random random) {
        Map<String, RawValue> typed = new LinkedHashMap<>();
        for (InputSpec spec : table.specs()) {
            if (random.nextInt(4) == 0) {
                String text = IntStream.rangeClosed(0, random.nextInt(12))
                        .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                        .collect(Collectors.joining());
                typed.put(spec.name(), RawValue.of(random.nextBoolean() ? spec.example() + text : text));
            }
        }
        return typed;
    }

    private static void assertNamed(Checked<?> checked, InputTable table) {
        if (checked instanceof Checked.Invalid<?> invalid) {
            assertThat(invalid.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.render())
                            .matches(
                                    text -> table.specs().stream().anyMatch(spec -> text.contains(spec.name())),
                                    "names an input"));
        }
    }

    @Test
    void tenThousandBuildArgumentsAreTenThousandValues() {
        String text = IntStream.range(0, 10_000)
                .mapToObj(i -> "ARG_" + i + "=$(value) '" + i + "'")
                .collect(Collectors.joining("\n"));

        Checked<BuildRequest> checked = BuildInputs.check(
                RawInput.of(Map.of("build-args", RawValue.of(text))),
                FakeOutside.checkout().outside());

        assertThat(((Checked.Valid<BuildRequest>) checked).value().source().buildArgs())
                .hasSize(10_000)
                .endsWith(new Setting("ARG_9999", "$(value) '9999'"));
    }
}
