package io.buildkitci.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the texts of a build are: the page has the same elements with the same attributes, and it fits. */
class HtmlReportFuzzTest {
    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noTextAddsAnElementOrAnAttributeToThePage(int seed) {
        Random random = new Random(seed);
        boolean failed = random.nextBoolean();
        Supplier<String> hostile = () -> "w" + HostileTexts.random(random);

        WebPage page = WebPage.of(article(hostile, failed));
        WebPage harmless = WebPage.of(article(numbered(), failed));

        assertThat(page.skeleton()).isEqualTo(harmless.skeleton());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\" onload=\"alert(1)",
                "' onload='alert(1)",
                "<img src=x onerror=alert(1)>",
                "</article><script>alert(1)</script>",
                "&lt;script&gt;",
                "]]><x>",
                "<!--"
            })
    void markupIsShownAsItIs(String text) {
        WebPage page = WebPage.of(article(() -> text, true));

        assertThat(page.texts("code")).contains(text.strip());
        assertThat(page.skeleton()).noneMatch(tag -> tag.startsWith("script") || tag.startsWith("img"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "http://x.example", "https://x.example/\" onclick=\"x", "data:x"})
    void aStrangeAddressIsNoLink(String url) {
        assertThat(Html.link("rule", java.util.Optional.of(url))).isEqualTo("rule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "<", "é"})
    void aHugeReportFits(String text) {
        String megabyte = text.repeat(1_000_000 / text.length());

        for (boolean failed : new boolean[] {false, true}) {
            String page = article(() -> megabyte, failed);

            assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(300_000);
            assertThat(WebPage.of(page).all("article")).hasSize(1);
        }
    }

    private static String article(Supplier<String> text, boolean failed) {
        return HtmlReport.article(MarkdownReportFuzzTest.report(text, failed), "w");
    }

    private static Supplier<String> numbered() {
        int[] next = {0};
        return () -> "w" + next[0]++;
    }
}
