package io.buildkitci.report;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Texts that would like to be more than text. */
final class HostileTexts {
    private static final List<String> PIECES = List.of(
            "`",
            "```",
            "````",
            "~~~",
            "|",
            "||",
            "\\",
            "\\|",
            "\n",
            "\r\n",
            "\n\n",
            "\t",
            " ",
            "    ",
            "*",
            "**",
            "_",
            "~~",
            "# ",
            "## x",
            "- ",
            "+ ",
            "1. ",
            "9) ",
            "> ",
            "---",
            "===",
            "***",
            "[a](https://evil.example)",
            "![i](x)",
            "[x]: https://evil.example",
            "<https://evil.example>",
            "<b>",
            "</details>",
            "<!--",
            "-->",
            "<script>",
            "<br>",
            "&lt;",
            "&#42;",
            "@team",
            "a@evil.example",
            "#1",
            "o/r#12",
            "GH-7",
            "https://evil.example/x",
            "www.evil.example",
            "mailto:a@evil.example",
            ":tada:",
            "$x^2$",
            "$$",
            "{{",
            "}}",
            "%%{init: {}}%%",
            "%%",
            "section x",
            "click a href",
            "title",
            ";",
            ":",
            ",",
            "\"",
            "'",
            "gantt",
            "\u001b[31m",
            "\u001b]8;;https://evil.example\u0007",
            "\u0000",
            "\u0007",
            "\u009b2K",
            "\u202e",
            "\u2066",
            "\u2028",
            "\u200b",
            "\ud83d\ude00",
            "\ud800",
            "\udc00",
            "é",
            "\u0301",
            "a",
            "word");

    private HostileTexts() {}

    static Stream<String> all() {
        return PIECES.stream().flatMap(piece -> Stream.of(piece, "x " + piece + " y"));
    }

    static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
