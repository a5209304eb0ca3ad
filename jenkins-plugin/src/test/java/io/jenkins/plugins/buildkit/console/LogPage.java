package io.jenkins.plugins.buildkit.console;

import hudson.MarkupText;
import hudson.console.ConsoleNote;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A log as Jenkins shows it: notes of each line turned into markup, the lines of one pipeline step one after another in a
 * span of its own, pieces that came while one looks in an element each.
 */
final class LogPage {
    private static final Path SCRIPT =
            Path.of("src/main/resources/io/jenkins/plugins/buildkit/console/StepOutputNote/script.js");

    private final StringBuilder html = new StringBuilder();

    /** Lines that a pipeline step wrote, as they are in the file of the log. */
    LogPage step(int id, String lines) throws IOException {
        html.append("<span class=\"pipeline-node-").append(id).append("\">");
        text(lines);
        html.append("</span>");
        return this;
    }

    LogPage text(String lines) throws IOException {
        for (String line : lines.split("(?<=\n)", -1)) {
            html.append(line(line));
        }
        return this;
    }

    private static String line(String line) throws IOException {
        int start = line.indexOf(ConsoleNote.PREAMBLE_STR);
        MarkupText text = new MarkupText(ConsoleNote.removeNotes(line));
        if (start >= 0) {
            byte[] note = line.substring(start).getBytes(StandardCharsets.UTF_8);
            try {
                ConsoleNote.readFrom(new DataInputStream(new ByteArrayInputStream(note)))
                        .annotate(null, text, start);
            } catch (ClassNotFoundException e) {
                throw new IOException(e);
            }
        }
        return text.toString(true);
    }

    /** The markup of the log. */
    String html() {
        return html.toString();
    }

    /** A whole page, with what Jenkins' own script does for such scripts. */
    String page() throws IOException {
        return """
                <!DOCTYPE html><html><head><meta charset="utf-8"><script>
                var Behaviour = {
                  rules: [],
                  specify: function (selector, id, priority, work) { Behaviour.rules.push([selector, work]); },
                  applySubtree: function (root) {
                    Behaviour.rules.forEach(function (rule) { root.querySelectorAll(rule[0]).forEach(rule[1]); });
                  }
                };
                function grow(html) {
                  var piece = document.createElement("DIV");
                  document.getElementById("out").appendChild(piece);
                  piece.innerHTML = html;
                  Behaviour.applySubtree(piece);
                }
                </script><script>
                """ + Files.readString(SCRIPT) + "</script></head><body><pre class=\"console-output\" id=\"out\">" + html
                + "</pre></body></html>";
    }
}
