package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.host.PlayedMachine.Said;
import io.buildkitci.action.yaml.Nodes;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.DoctorInputs;
import io.buildkitci.input.Outside;
import io.buildkitci.input.RawInput;
import io.buildkitci.kubernetes.Right;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/kubernetes.md} holds what {@code doctor --kubernetes} prints. To make it anew:
 *
 * <pre>mvn -q -Dquick -pl github-action -am test -Dtest=KubernetesDocsTest -Dbuildkitci.write</pre>
 */
class KubernetesDocsTest {
    private static final Path PAGE = Path.of("../docs/kubernetes.md");
    private static final String COMMAND = "bin/buildkit-ci ";

    private static String page() {
        return read(PAGE);
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void holds(String block, String text) throws IOException {
        String begin = "<!-- " + block + ": made by KubernetesDocsTest -->\n";
        String end = "<!-- end of " + block + " -->\n";
        if (System.getProperty("buildkitci.write") != null) {
            String page = page();
            Files.writeString(
                    PAGE,
                    page.substring(0, page.indexOf(begin) + begin.length()) + text + page.substring(page.indexOf(end)));
        }
        assertThat(page()).contains(begin + text + end);
    }

    @Test
    void theRightsAreThoseOfTheTableInCode() throws IOException {
        String rows = Arrays.stream(Right.values())
                .map(r -> "| `" + r.resource() + "`" + (r.group().isEmpty() ? "" : " of `" + r.group() + "`") + " | "
                        + String.join(", ", r.verbs()) + " | " + r.purpose() + " |\n")
                .collect(Collectors.joining());

        holds("rights", "| resource | verbs | for |\n| --- | --- | --- |\n" + rows);
    }

    @Test
    void theManifestsAreWhatIsPrinted() throws IOException, InterruptedException {
        Said said = new PlayedMachine().run("doctor", "--kubernetes", "--driver-opts", "namespace=ci");

        assertThat(said.exit()).isZero();
        assertThat(said.err()).isEmpty();
        holds("manifests", "```yaml\n" + said.out() + "```\n");
    }

    /** Of the page of drivers too. */
    static Stream<String> commands() {
        return Stream.of(page(), read(Path.of("../docs/drivers.md")))
                .flatMap(String::lines)
                .filter(line -> line.startsWith(COMMAND) && !line.contains(" build-push "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandIsValid(String command) throws IOException {
        List<String> words = words(command.substring(COMMAND.length()));
        Step step = CommandLineHost.steps().stream()
                .filter(s -> s.table().step().equals(words.get(0)))
                .findFirst()
                .orElseThrow();
        Arguments arguments = Arguments.parse(words.subList(1, words.size()), StepFlags.of(step), step.table());
        RawInput inputs = Sources.flags(arguments, step.table());
        Nodes append = Nodes.parse(inputs);
        Outside nothing = new Outside(name -> Optional.empty(), path -> false, path -> false);

        assertThat(arguments.problems()).isEmpty();
        assertThat(append.problems()).isEmpty();
        if (words.get(0).equals("create-builder")) {
            assertThat(BuilderInputs.check(inputs, append.nodes(), nothing)).isInstanceOf(Checked.Valid.class);
        } else if (words.get(0).equals("doctor")) {
            assertThat(DoctorInputs.check(inputs, nothing)).isInstanceOf(Checked.Valid.class);
        }
    }

    @Test
    void hasCommandsToCheck() {
        assertThat(commands()).hasSizeGreaterThanOrEqualTo(6);
    }

    /** As a shell reads them. */
    private static List<String> words(String command) throws IOException {
        Process shell = new ProcessBuilder("/bin/sh", "-c", "printf '%s\\0' " + command).start();
        String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return List.of(words.split("\0"));
    }
}
