package io.jenkins.plugins.buildkit.forms;

import io.buildkitci.input.InputSpec;
import io.jenkins.plugins.buildkit.forms.StepForm.Own;
import io.jenkins.plugins.buildkit.forms.StepForm.Parameter;
import java.util.stream.Collectors;

/** The files that Jenkins shows of a step: its form, and one help text for each parameter. */
final class FormText {
    private static final String HEAD = """
            <?jelly escape-by-default='true'?>
            <!-- Written by StepForms from the engine's table of inputs. -->
            <j:jelly xmlns:j="jelly:core" xmlns:f="/lib/form" xmlns:c="/lib/credentials">
            """;

    private FormText() {}

    static String config(StepForm form) {
        String first = form.shownFirst().map(p -> entry(p, "  ")).collect(Collectors.joining());
        String further = form.shownOnDemand().map(p -> entry(p, "    ")).collect(Collectors.joining());
        String advanced = further.isEmpty() ? "" : "  <f:advanced>\n" + further + "  </f:advanced>\n";
        return HEAD + first + advanced + "</j:jelly>\n";
    }

    static String help(Parameter parameter) {
        return parameter
                .own()
                .map(FormText::help)
                .orElseGet(() -> help(parameter.input().orElseThrow()));
    }

    private static String entry(Parameter parameter, String indent) {
        String title = parameter
                .own()
                .map(Own::title)
                .orElseGet(() -> Words.title(parameter.input().orElseThrow().name()));
        String field = parameter
                .own()
                .map(Own::field)
                .orElseGet(() -> field(parameter.input().orElseThrow()));
        String name = parameter.own().map(Own::property).orElse(parameter.name());
        boolean box = field.startsWith("<f:checkbox");
        String attribute = " title=\"" + escaped(title) + "\"";
        return indent + "<f:entry" + (box ? "" : attribute) + " field=\"" + name + "\">\n"
                + indent + "  " + (box ? field.replace("/>", attribute + "/>") : field) + "\n"
                + indent + "</f:entry>\n";
    }

    private static String field(InputSpec spec) {
        return switch (spec.kind()) {
            case BOOLEAN -> spec.defaultValue().equals("true") ? "<f:checkbox default=\"true\"/>" : "<f:checkbox/>";
            case LIST, LIST_UNTRIMMED, LINES -> "<f:textarea/>";
            case TEXT, CSV ->
                spec.example().contains("\n")
                        ? "<f:textarea/>"
                        : "<f:textbox placeholder=\"" + escaped(placeholder(spec)) + "\"/>";
        };
    }

    private static String placeholder(InputSpec spec) {
        return spec.defaultValue().isEmpty() ? spec.example() : spec.defaultValue();
    }

    private static String help(InputSpec spec) {
        StringBuilder text = new StringBuilder("<div>\n");
        text.append("  <p>").append(escaped(Words.sentence(spec.description()))).append("</p>\n");
        text.append("  <p>").append(escaped(Words.sentence(Words.kind(spec)))).append(' ');
        text.append("In a pipeline: <code>")
                .append(escaped(Words.example(spec)))
                .append("</code></p>\n");
        if (!spec.defaultValue().isEmpty()) {
            text.append("  <p>Default: <code>")
                    .append(escaped(spec.defaultValue()))
                    .append("</code></p>\n");
        }
        return text.append("</div>\n").toString();
    }

    private static String help(Own own) {
        return "<div>\n  <p>" + escaped(Words.sentence(own.text())) + "</p>\n  <p>In a pipeline: <code>"
                + escaped(own.example()) + "</code></p>\n</div>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
