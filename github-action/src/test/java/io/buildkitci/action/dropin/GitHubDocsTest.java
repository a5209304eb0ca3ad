package io.buildkitci.action.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/github.md tells of inputs and outputs is what the actions declare, and its workflows use nothing else. */
class GitHubDocsTest {
    private static final Path DOCS = Path.of("..");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OURS = Pattern.compile("OWNER/REPO(?:/([a-z-]+))?@v1");
    private static final String NOTHING = "–";

    static Stream<String> workflows() {
        return YAML.matcher(page()).results().map(block -> block.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"build-push", "bake", "create-builder", "setup-qemu"})
    void aTableNamesTheInputsOfItsActionWithTheirDefaults(String action) {
        assertThat(defaults(action)).isEqualTo(ActionYml.of(action).defaults());
    }

    @Test
    void theActionForAllTakesTheInputsOfBuildPushAndThoseOfItsTable() {
        Map<String, String> inputs = new HashMap<>(ActionYml.of("build-push").defaults());
        inputs.putAll(defaults("All in one"));

        assertThat(inputs).isEqualTo(ActionYml.of(".").defaults());
        assertThat(ActionYml.of(".").outputs())
                .isEqualTo(ActionYml.of("build-push").outputs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"build-push", "bake", "create-builder", "setup-qemu"})
    void aTableNamesTheOutputsOfItsAction(String action) {
        assertThat(table(action, "output").keySet())
                .isEqualTo(ActionYml.of(action).outputs());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void aWorkflowUsesOnlyInputsThatThereAre(String yaml) {
        List<Map<String, Object>> steps = steps(Row.parse(yaml));
        List<String> unknown = new ArrayList<>();
        int ours = 0;
        for (Map<String, Object> step : steps) {
            var uses = OURS.matcher(step.getOrDefault("uses", "").toString());
            if (uses.matches()) {
                ours++;
                ActionYml action = ActionYml.of(uses.group(1) == null ? "." : uses.group(1));
                Set<String> with = Row.map(step.getOrDefault("with", Map.of())).keySet();
                unknown.addAll(action.undeclared(with));
            }
        }

        assertThat(ours).isPositive();
        assertThat(unknown).isEmpty();
    }

    @Test
    void aLinkWithinThePageLeadsToOneOfItsHeadings() {
        List<String> headings = page().lines()
                .filter(line -> line.startsWith("## "))
                .map(line ->
                        line.substring(3).toLowerCase(java.util.Locale.ROOT).replace(' ', '-'))
                .toList();

        assertThat(Pattern.compile("\\]\\(#([^)]*)\\)")
                        .matcher(page())
                        .results()
                        .map(link -> link.group(1)))
                .isNotEmpty()
                .isSubsetOf(headings);
    }

    @Test
    void thePageCountsTheStepsThatAreCompared() {
        assertThat(page())
                .contains("["
                        + Row.STEPS.stream()
                                .mapToInt(step -> Row.of(step).size())
                                .sum() + " steps]");
    }

    private static Map<String, String> defaults(String section) {
        Map<String, String> defaults = new LinkedHashMap<>();
        table(section, "input").forEach((name, cells) -> {
            String cell = cells.get(1);
            assertThat(cell).as("default of " + name).matches("`.+`|" + NOTHING);
            defaults.put(name, cell.equals(NOTHING) ? "" : cell.substring(1, cell.length() - 1));
        });
        return defaults;
    }

    /** Rows of a table of a section, by the name in their first column. */
    private static Map<String, List<String>> table(String section, String firstColumn) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : section(section).lines().toList()) {
            List<String> cells =
                    Stream.of(line.split("\\|", -1)).map(String::strip).toList();
            if (cells.size() > 2 && cells.get(1).equals(firstColumn)) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && cells.get(1).startsWith("`")) {
                String name = cells.get(1).replace("`", "");
                assertThat(rows.put(name, cells.subList(2, cells.size() - 1)))
                        .as(name + " twice")
                        .isNull();
            }
        }
        return rows;
    }

    private static String section(String title) {
        String page = page();
        int start = page.indexOf("\n## " + title + "\n");
        assertThat(start).as("section " + title).isNotNegative();
        int end = page.indexOf("\n## ", start + 1);
        return end < 0 ? page.substring(start) : page.substring(start, end);
    }

    /** Of a workflow, or of a part of one that begins with {@code steps:}. */
    private static List<Map<String, Object>> steps(Object yaml) {
        Map<String, Object> workflow = Row.map(yaml);
        List<Map<String, Object>> steps = new ArrayList<>();
        if (workflow.get("steps") instanceof List<?> list) {
            list.forEach(step -> steps.add(Row.map(step)));
        }
        Row.map(workflow.getOrDefault("jobs", Map.of())).values().forEach(job -> steps.addAll(steps(job)));
        return steps;
    }

    private static String page() {
        try {
            return Files.readString(DOCS.resolve("docs/github.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
