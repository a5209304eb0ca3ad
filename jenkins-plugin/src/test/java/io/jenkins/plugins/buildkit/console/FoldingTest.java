package io.jenkins.plugins.buildkit.console;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the script that Jenkins serves with the notes makes of a log, in a browser of this JVM. */
class FoldingTest {
    private final WebClient browser = new WebClient();

    @AfterEach
    void close() {
        browser.close();
    }

    private static String marked(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream log = FoldableLog.over(new StreamTaskListener(bytes, StandardCharsets.UTF_8));
        log.print(text);
        log.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private HtmlPage open(LogPage log) throws IOException {
        HtmlPage page = browser.loadHtmlCodeIntoCurrentWindow(log.page());
        page.executeJavaScript("Behaviour.applySubtree(document)");
        return page;
    }

    private static void grow(HtmlPage page, String html) {
        page.executeJavaScript("grow(`" + html.replace("\\", "\\\\").replace("`", "\\`") + "`)");
    }

    private static List<HtmlButton> folds(HtmlPage page) {
        return page.querySelectorAll("button.buildkit-fold").stream()
                .map(HtmlButton.class::cast)
                .toList();
    }

    /** What can be seen of the log, without the buttons. */
    private static String seen(HtmlPage page) {
        return page.executeJavaScript("""
                (function () {
                  var copy = document.getElementById("out").cloneNode(true);
                  copy.querySelectorAll("[hidden], button").forEach(function (e) { e.remove(); });
                  return copy.textContent;
                })()""").getJavaScriptResult().toString();
    }

    @Test
    void theLinesOfAStepFoldUnderItsHeading() throws Exception {
        HtmlPage page = open(
                new LogPage()
                        .text("[Pipeline] buildkitBuild\n")
                        .step(
                                7,
                                marked(
                                        "CACHED   a\nRUN      b  1.0s\n    | one <b>\n    | two\nRUN      c  2.0s\n    | three\nDONE\n")));
        String all = seen(page);

        assertThat(folds(page)).extracting(HtmlButton::getTextContent).containsExactly("2 lines", "1 line");
        assertThat(folds(page).get(0).getPreviousSibling().getTextContent()).endsWith("RUN      b  1.0s");
        folds(page).get(0).click();
        assertThat(seen(page)).isEqualTo(all.replace("    | one <b>\n    | two\n", ""));
        assertThat(folds(page)).extracting(b -> b.getAttribute("aria-expanded")).containsExactly("false", "true");
        folds(page).get(0).click();
        assertThat(seen(page)).isEqualTo(all);
    }

    @Test
    void branchesThatWriteAtTheSameTimeFoldApart() throws Exception {
        String mine = marked("RUNNING  mine\n    | mine 1\n    | mine 2\n");
        int cut = mine.indexOf("    | mine 2");
        HtmlPage page = open(new LogPage()
                .step(7, mine.substring(0, cut))
                .step(9, "+ echo    | not ours\n    | nor this\n")
                .step(7, mine.substring(cut))
                .step(11, marked("RUN      theirs  1.0s\n    | theirs 1\n"))
                .step(7, "    | mine 3\nDONE     mine  3.0s\n"));

        assertThat(folds(page)).extracting(HtmlButton::getTextContent).containsExactly("3 lines", "1 line");
        folds(page).get(0).click();
        assertThat(seen(page))
                .isEqualTo("RUNNING  mine\n+ echo    | not ours\n    | nor this\n"
                        + "RUN      theirs  1.0s\n    | theirs 1\nDONE     mine  3.0s\n");
    }

    @Test
    void aLogThatGrowsGoesOnFoldingAndStaysFolded() throws Exception {
        HtmlPage page = open(new LogPage());
        grow(page, new LogPage().step(7, "RUNNING  make\n").html());
        grow(page, new LogPage().step(7, marked("    | 1\n    | 2\n")).html());
        folds(page).get(0).click();
        grow(page, new LogPage().step(9, "other\n").step(7, "    | 3\n").html());
        grow(page, new LogPage().step(7, "    | 4\nDONE     make  9.0s\n").html());

        assertThat(folds(page)).extracting(HtmlButton::getTextContent).containsExactly("4 lines");
        assertThat(seen(page)).isEqualTo("RUNNING  make\nother\nDONE     make  9.0s\n");
    }

    @Test
    void aJobThatIsNoPipelineFoldsToo() throws Exception {
        HtmlPage page = open(new LogPage()
                .text("Started by user\n")
                .text(marked("RUN      b  1.0s\n    | one\nRUN      c  1.0s\n    | two\n"))
                .text("Finished: SUCCESS\n"));

        folds(page).forEach(FoldingTest::click);
        assertThat(seen(page)).isEqualTo("Started by user\nRUN      b  1.0s\nRUN      c  1.0s\nFinished: SUCCESS\n");
    }

    @Test
    void linksAndTimesThatOthersPutIntoLinesFoldWithThem() throws Exception {
        HtmlPage page = open(new LogPage());
        String mark = new LogPage().text(marked("    | see\n")).html().strip() + " ";
        String time = "<span class=\"timestamp\"><b>10:00:00</b> </span><span style=\"display: none\">[2026Z]</span> ";
        grow(
                page,
                "<span class=\"pipeline-node-7\">" + time + "RUN      b\n" + time + mark
                        + "<a href=\"https://x.example\">https://x.example</a> there\n" + time + "    | more\n" + time
                        + "DONE\n</span>");

        assertThat(folds(page)).extracting(HtmlButton::getTextContent).containsExactly("2 lines");
        folds(page).get(0).click();
        assertThat(seen(page)).doesNotContain("see", "there", "more").contains("RUN      b", "DONE");
    }

    @Test
    void withAltAllStepsFold() throws Exception {
        HtmlPage page = open(new LogPage().step(7, marked("RUN a\n    | 1\nRUN b\n    | 2\n")));

        folds(page).get(1).click(false, false, true);
        assertThat(seen(page)).isEqualTo("RUN a\nRUN b\n");
    }

    @Test
    void aLogWithoutImageBuildsIsLeftAlone() throws Exception {
        HtmlPage page = open(new LogPage().step(3, "table\n    | a\n    | b\n"));

        assertThat(folds(page)).isEmpty();
        assertThat(page.querySelectorAll(".buildkit-lines")).isEmpty();
    }

    @Test
    void thousandsOfStepsFold() throws Exception {
        StringBuilder log = new StringBuilder();
        for (int step = 0; step < 3000; step++) {
            log.append("RUN      step ").append(step).append("  0.1s\n    | one\n    | two\n");
        }
        HtmlPage page = open(new LogPage().step(7, marked(log.toString())));

        assertThat(folds(page)).hasSize(3000);
        DomElement last = page.querySelector("button[data-fold=b3000]");
        assertThat(last.getTextContent()).isEqualTo("2 lines");
    }

    private static void click(HtmlButton button) {
        try {
            button.click();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
