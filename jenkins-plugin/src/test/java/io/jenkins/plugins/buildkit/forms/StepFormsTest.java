package io.jenkins.plugins.buildkit.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forms, help texts and the documentation's tables are those of the engine's inputs. */
class StepFormsTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources");

    static Stream<Map.Entry<String, String>> files() {
        return StepForms.files().entrySet().stream();
    }

    static Stream<StepForm> forms() {
        return StepForms.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsAsItFollowsFromTheInputs(Map.Entry<String, String> file) throws IOException {
        assertThat(Files.readString(RESOURCES.resolve(file.getKey()))).isEqualTo(file.getValue());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void noHelpIsLeftOfAnInputThatIsGone(StepForm form) throws IOException {
        Path folder = RESOURCES.resolve(form.type().replace('.', '/'));
        try (Stream<Path> there = Files.list(folder)) {
            Set<String> names = there.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("help-"))
                    .map(name -> name.substring("help-".length(), name.indexOf('.')))
                    .collect(Collectors.toSet());
            assertThat(form.parameters().stream().map(p -> p.name()).collect(Collectors.toSet()))
                    .containsAll(names.stream()
                            .filter(name -> !name.endsWith("Attributes"))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theDocumentationHasTheTableOfEveryStep(StepForm form) throws IOException {
        String docs = Files.readString(Path.of("..", "docs", "jenkins.md"));

        assertThat(docs).contains(ParameterTable.render(form));
    }

    @Test
    void anInputIsCalledInAPipelineAsInAFormAndInAMessage() {
        assertThat(StepForms.BUILD.parameters()).extracting(p -> p.name()).contains("buildArgs", "noCacheFilters");
    }
}
