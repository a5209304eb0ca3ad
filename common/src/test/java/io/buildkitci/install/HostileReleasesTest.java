package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server tells of releases: what is taken from it is plain, and no exception escapes. */
class HostileReleasesTest {
    private static final String SUM = "0123456789abcdef".repeat(4);
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "null",
            "true",
            "1e999",
            "-0",
            "\\u0000",
            "\\ud83d",
            "\\",
            "\u0000",
            "\n",
            "\"tag_name\":\"v0.36.1\"",
            "\"tag_name\":\"v99999999999999999999.0.0\"",
            "\"tag_name\":\"v1.2.3-rc1\"",
            "\"tag_name\":\"../../v1.2.3\"",
            "\"tag_name\":[\"v1.2.3\"]",
            "\"tag_name\":7",
            "\"draft\":\"no\"",
            "\"prerelease\":{}",
            "\"assets\":[{\"name\":\"a\",\"digest\":\"sha256:" + SUM + "\"}]",
            "\"assets\":{}",
            "\"digest\":\"sha256:x\\n" + SUM + "  evil\"",
            "\"name\":\"a b\"",
            SUM + "  ../x",
            SUM + " *./y",
            "<html>",
            "\u001b[2J");

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    private static String told(Random random) {
        StringBuilder text = new StringBuilder("[{");
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
            text.append(random.nextInt(3) > 0 ? "," : "");
        }
        return text.append(random.nextBoolean() ? "}]" : "").toString();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aListTellsPlainVersionsNewestFirst(int seed) {
        Random random = new Random(seed);
        String told = told(random);
        for (Tool tool : Tool.values()) {
            List<Published> all = Published.parse(tool, told);
            List<Published> sorted = new ArrayList<>(all);
            sorted.sort(Comparator.comparing(Published::order).reversed());

            assertThat(all).isEqualTo(sorted).allSatisfy(HostileReleasesTest::assertPlain);
            Published.parseOne(tool, told.substring(1)).ifPresent(HostileReleasesTest::assertPlain);
        }
    }

    private static void assertPlain(Published release) {
        assertThat(release.release().version()).matches("v\\d[\\w.+-]*").doesNotContain("..");
        assertThat(release.checksums().byFile().values()).allMatch(sum -> sum.matches("[0-9a-f]{64}"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aFileOfSumsTellsSumsOnly(int seed) {
        Checksums sums = Checksums.parse(told(new Random(seed)).replace(",", "\n"));

        assertThat(sums.byFile().values()).allMatch(sum -> sum.matches("[0-9a-f]{64}"));
    }

    @Test
    void whatIsNestedEndlesslyIsNothing() {
        assertThat(Published.parse(Tool.BUILDX, "[".repeat(100_000))).isEmpty();
        assertThat(Published.parseOne(Tool.BUILDX, "{\"assets\":".repeat(50_000)))
                .isEmpty();
    }
}
