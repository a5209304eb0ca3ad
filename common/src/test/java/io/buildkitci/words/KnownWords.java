package io.buildkitci.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.DoctorInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.QemuInputs;
import io.buildkitci.input.RemoveBuilderInputs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Words of a command line that take no name which no step, input or variable has: advice cannot name what is not there. */
public final class KnownWords implements HostWords {
    public static final HostWords KNOWN = new KnownWords();

    private static final List<InputTable> STEPS =
            List.of(BuildInputs.ALL, QemuInputs.ALL, BuilderInputs.ALL, RemoveBuilderInputs.ALL, DoctorInputs.ALL);

    private KnownWords() {}

    @Override
    public String input(String name) {
        assertThat(STEPS)
                .as("steps with the input '%s'", name)
                .anyMatch(table -> table.named(name).isPresent());
        return "--" + name;
    }

    @Override
    public String step(String name) {
        assertThat(STEPS).extracting(InputTable::step).contains(name);
        return "buildkit-ci " + name;
    }

    @Override
    public String call(String step, Map<String, String> inputs) {
        InputTable table = STEPS.stream()
                .filter(t -> t.step().equals(step))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + step));
        return inputs.entrySet().stream()
                .peek(input -> assertThat(table.named(input.getKey()))
                        .as("input '%s' of %s", input.getKey(), step)
                        .isPresent())
                .map(input -> " --" + input.getKey() + " " + input.getValue())
                .collect(Collectors.joining("", step(step), ""));
    }

    @Override
    public String variable(String name) {
        assertThat(name).isIn("BUILDX");
        return "BUILDKIT_CI_" + name;
    }
}
