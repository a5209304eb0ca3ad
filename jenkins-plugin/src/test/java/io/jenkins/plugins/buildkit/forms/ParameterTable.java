package io.jenkins.plugins.buildkit.forms;

import io.buildkitci.input.InputSpec;
import io.jenkins.plugins.buildkit.forms.StepForm.Parameter;
import java.util.List;
import java.util.stream.Collectors;

/** The table of a step's parameters in the documentation. */
final class ParameterTable {
    private ParameterTable() {}

    static String render(StepForm form) {
        String rows = form.parameters().stream().map(ParameterTable::row).collect(Collectors.joining());
        return "| parameter | takes | default | what it is | example |\n| --- | --- | --- | --- | --- |\n" + rows;
    }

    private static String row(Parameter parameter) {
        return parameter
                .own()
                .map(own -> cells(parameter.name(), "as shown", "", own.text(), own.example()))
                .orElseGet(() -> row(parameter.name(), parameter.input().orElseThrow()));
    }

    private static String row(String name, InputSpec spec) {
        String aliases = spec.aliases().stream()
                .map(alias -> "`" + Words.parameter(alias) + "`")
                .collect(Collectors.joining(", "));
        String text = spec.description() + (aliases.isEmpty() ? "" : "; also " + aliases);
        return cells(name, Words.kind(spec), spec.defaultValue(), text, Words.example(spec));
    }

    private static String cells(String name, String kind, String defaultValue, String text, String example) {
        String shown = defaultValue.isEmpty() ? "" : "`" + defaultValue + "`";
        return List.of("`" + name + "`", kind, shown, text.replace("<", "&lt;"), "`" + example + "`").stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"))
                .replace("|  |", "| |");
    }
}
