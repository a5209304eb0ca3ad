package io.buildkitci.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of {@code docs/drivers.md}: run {@link #main} in {@code common} after it changed in code. */
final class AbilityTable {
    static final Path DOCS = Path.of("../docs/drivers.md");
    static final String BEGIN = "<!-- what each can do: made by AbilityTable -->\n";
    static final String END = "<!-- end -->\n";

    private AbilityTable() {}

    static String render() {
        StringBuilder table =
                new StringBuilder(row("", Stream.of(Setup.values()).map(Setup::title)));
        table.append(row("---", Stream.of(Setup.values()).map(setup -> "---")));
        for (Ability ability : Ability.values()) {
            table.append(row(ability.title(), Stream.of(Setup.values()).map(setup -> cell(setup, ability))));
        }
        return table.toString();
    }

    private static String cell(Setup setup, Ability ability) {
        if (!setup.can(ability)) {
            return "–";
        }
        return setup.canConditionally(ability) ? "if" : "yes";
    }

    private static String row(String first, Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| " + first + " | ", " |\n"));
    }

    public static void main(String[] arguments) throws IOException {
        String text = Files.readString(DOCS);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(DOCS, text.substring(0, begin) + render() + text.substring(text.indexOf(END, begin)));
    }
}
