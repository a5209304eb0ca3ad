package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.it.Workflows.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every workflow of this repository is one that GitHub takes, and gives our actions only what they have. */
class WorkflowsIT {
    @TempDir
    Path folder;

    static Stream<Workflow> all() throws IOException {
        return Stream.concat(Workflows.ours().stream(), Workflows.forUsers().stream());
    }

    static Stream<Workflow> forUsers() throws IOException {
        return Workflows.forUsers().stream();
    }

    static Stream<Workflow> ours() throws IOException {
        return Workflows.ours().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isValid(Workflow workflow) throws Exception {
        boolean alone = workflow.name().endsWith(".yml");
        Path file = alone ? workflow.file() : Files.writeString(folder.resolve("part.yml"), workflow.text());

        Said said = CommandLine.in(folder, TESTBED.buildx())
                .program(TESTBED.actionlint(), "-no-color", "-shellcheck=", "-pyflakes=", file.toString());

        assertThat(said).isEqualTo(new Said(0, "", ""));
    }

    @ParameterizedTest
    @MethodSource("forUsers")
    void givesOurActionsOnlyInputsThatTheyHave(Workflow workflow) throws Exception {
        List<Map<?, ?>> steps = ourSteps(workflow);

        assertThat(steps).isNotEmpty();
        for (Map<?, ?> step : steps) {
            Map<?, ?> inputs = (Map<?, ?>) action(uses(step)).get("inputs");
            if (step.get("with") instanceof Map<?, ?> with) {
                assertThat(inputs.keySet().containsAll(with.keySet()))
                        .as(uses(step) + " has " + with.keySet())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forUsers")
    void readsOnlyOutputsThatOurActionsHave(Workflow workflow) throws Exception {
        for (Map<?, ?> step : ourSteps(workflow)) {
            Map<?, ?> outputs = (Map<?, ?>) action(uses(step)).get("outputs");
            String read = "steps\\." + step.get("id") + "\\.outputs\\.([a-z-]+)";
            Pattern.compile(read)
                    .matcher(workflow.text())
                    .results()
                    .forEach(found -> assertThat(outputs.containsKey(found.group(1)))
                            .as(found.group())
                            .isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void thatWeRunOurselvesUseOnlyCommitsOfOthers(Workflow workflow) throws Exception {
        assertThat(steps(workflow).map(WorkflowsIT::uses).filter(uses -> !uses.isEmpty()))
                .allMatch(uses -> uses.startsWith("./") || uses.matches("[^@]+@[0-9a-f]{40}"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatItsTokenMay(Workflow workflow) {
        assertThat(workflow.text()).contains("permissions:");
    }

    @Test
    void thereAreSome() throws Exception {
        assertThat(Workflows.ours()).extracting(Workflow::name).contains("ci.yml", "release.yml");
        assertThat(Workflows.forUsers()).hasSizeGreaterThanOrEqualTo(7);
    }

    private static List<Map<?, ?>> ourSteps(Workflow workflow) {
        return steps(workflow)
                .filter(step -> uses(step).startsWith("OWNER/REPO"))
                .toList();
    }

    private static Stream<Map<?, ?>> steps(Workflow workflow) {
        Map<?, ?> root = (Map<?, ?>) parse(workflow.text());
        List<Map<?, ?>> steps = new ArrayList<>();
        for (Object job : ((Map<?, ?>) Objects.requireNonNull(root.get("jobs"))).values()) {
            if (((Map<?, ?>) job).get("steps") instanceof List<?> list) {
                list.forEach(step -> steps.add((Map<?, ?>) step));
            }
        }
        return steps.stream();
    }

    private static String uses(Map<?, ?> step) {
        return step.get("uses") instanceof String uses ? uses : "";
    }

    /** The definition of one of our actions. */
    private static Map<?, ?> action(String uses) throws IOException {
        String path = uses.substring("OWNER/REPO".length(), uses.indexOf('@'));
        return (Map<?, ?>) parse(Files.readString(Path.of(Workflows.ROOT + path, "action.yml")));
    }

    private static Object parse(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}
