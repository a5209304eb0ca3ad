package io.buildkitci.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign text in Markdown reads as it was written and is nothing but text. */
class MarkdownTest {
    private static final int MUCH = 10_000;

    static Stream<String> hostile() {
        Random random = new Random(20);
        return Stream.concat(HostileTexts.all(), IntStream.range(0, 60).mapToObj(i -> HostileTexts.random(random)));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aSentenceReadsAsItWasWritten(String text) {
        Page page = Page.of(Markdown.text(text, MUCH) + "\n");

        assertThat(String.join("", page.paragraphs())).isEqualTo(PlainText.oneLine(text, MUCH));
        assertThat(page.elements().keySet()).isSubsetOf("Document", "Paragraph");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void soItDoesInAListAndInBold(String text) {
        Page page = Page.of("- " + Markdown.bold("x" + Markdown.text(text, MUCH) + "x") + "\n");

        assertThat(page.elements().keySet())
                .containsOnly("Document", "BulletList", "ListItem", "Paragraph", "StrongEmphasis");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void codeReadsAsItWasWritten(String text) {
        Page page = Page.of("x " + Markdown.code(text, MUCH) + " x\n");

        assertThat(page.paragraphs()).containsExactly("x " + PlainText.oneLine(text, MUCH) + " x");
        assertThat(page.elements().keySet()).containsOnly("Document", "Paragraph");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void cellsReadAsTheyWereWrittenAndStayInTheirPlace(String text) {
        String table = Markdown.table(
                List.of("A", "B", "C"),
                List.of(List.of("a", Markdown.code(text, MUCH), Markdown.text(text, MUCH)), List.of("a", "b", "c")));

        String plain = PlainText.oneLine(text, MUCH);
        assertThat(Page.of(table).table("A", "B", "C"))
                .containsExactly(List.of("a", plain, plain), List.of("a", "b", "c"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothingEndsAFence(String text) {
        List<String> lines = text.lines().toList();

        Page page = Page.of(Markdown.fence("text", lines) + "\nafter\n");

        assertThat(page.elements())
                .isEqualTo(Page.of("```text\nx\n```\n\nafter\n").elements());
        assertThat(page.code("text").get(0).lines().filter(line -> !line.isEmpty()))
                .containsExactlyElementsOf(lines.stream()
                        .map(line -> PlainText.line(line, MUCH))
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@team",
                "(@team)",
                "a@b.example",
                "#12",
                "o/r#12",
                "gh-12",
                "https://x.example",
                "see:https://x.example).",
                "www.x.example",
                ":tada:",
                "$x$"
            })
    void whatGitHubWouldMakeSomethingOfIsCode(String word) {
        assertThat(Markdown.text("see " + word + " now", MUCH)).isEqualTo("see `" + word + "` now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile:12", "--from", "# syntax", "exit code: 2", "C#", "50 %", "it's", "\"quoted\""})
    void ordinaryWordsStayWords(String words) {
        assertThat(Markdown.text("see " + words, MUCH)).isEqualTo("see " + words);
    }

    @Test
    void anAddressOfTheWebBecomesALink() {
        String link = Markdown.link(Markdown.code("Rule", MUCH), Optional.of("https://x.example/a?b=1&lt=2#c_(d)"));

        assertThat(Page.of(link).links())
                .containsExactlyEntriesOf(java.util.Map.of("https://x.example/a?b=1&lt=2#c_(d)", "Rule"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://",
                "javascript:alert(1)",
                "http://x.example",
                "https://x.example/>) <b>",
                "https://x.example/a b",
                "https://x.example/\n",
                "https://x.example/\\>",
                "https://x.example/`"
            })
    void anythingElseDoesNot(String url) {
        assertThat(Markdown.link("label", Optional.of(url))).isEqualTo("label");
    }

    @Test
    void aColumnWithoutAnythingIsLeftOut() {
        String table = Markdown.table(List.of("A", "B", "C"), List.of(List.of("1", "", "2"), List.of("", "", "3")));

        assertThat(Page.of(table).table("A", "C")).containsExactly(List.of("1", "2"), List.of("", "3"));
    }
}
