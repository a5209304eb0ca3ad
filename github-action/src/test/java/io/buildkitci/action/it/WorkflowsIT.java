package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.it.Workflows.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
            if (step.get("with") instanceof Map<?, ?> with) {
                assertThat(texts(with)).as(uses(step)).isSubsetOf(declared(uses(step), "inputs"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forUsers")
    void readsOnlyOutputsThatOurActionsHave(Workflow workflow) throws Exception {
        for (Map<?, ?> step : ourSteps(workflow)) {
            Pattern read = Pattern.compile("steps\\." + step.get("id") + "\\.outputs\\.([a-z-]+)");
            List<String> outputs = read.matcher(workflow.text())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(outputs).as(uses(step)).isSubsetOf(declared(uses(step), "outputs"));
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
    void saysForEveryJobWhatItsTokenMay(Workflow workflow) {
        Map<?, ?> root = (Map<?, ?>) parse(workflow.text());

        assertThat(root.containsKey("permissions") || jobs(workflow).allMatch(job -> job.containsKey("permissions")))
                .isTrue();
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
        return jobs(workflow)
                .flatMap(job -> job.get("steps") instanceof List<?> list ? list.stream() : Stream.of())
                .map(step -> (Map<?, ?>) step);
    }

    private static Stream<Map<?, ?>> jobs(Workflow workflow) {
        Map<?, ?> root = (Map<?, ?>) parse(workflow.text());
        return ((Map<?, ?>) Objects.requireNonNull(root.get("jobs")))
                .values().stream().map(job -> (Map<?, ?>) job);
    }

    private static String uses(Map<?, ?> step) {
        return step.get("uses") instanceof String uses ? uses : "";
    }

    /** The inputs or outputs of one of our actions. */
    private static Set<String> declared(String uses, String what) throws IOException {
        String path = uses.substring("OWNER/REPO".length(), uses.indexOf('@'));
        Map<?, ?> action = (Map<?, ?>) parse(Files.readString(Path.of(Workflows.ROOT + path, "action.yml")));
        return texts((Map<?, ?>) Objects.requireNonNull(action.get(what)));
    }

    private static Set<String> texts(Map<?, ?> map) {
        return map.keySet().stream().map(String::valueOf).collect(Collectors.toSet());
    }

    private static Object parse(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}
