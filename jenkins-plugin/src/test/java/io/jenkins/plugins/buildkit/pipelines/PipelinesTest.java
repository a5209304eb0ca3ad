package io.jenkins.plugins.buildkit.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.buildkit.pipelines.PlayedJenkins.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pipeline that we show runs to its end, and calls our steps with parameters that they have. */
class PipelinesTest {
    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path folder;

    /** @param name where it stands */
    record Shown(String name, String pipeline) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Shown> examples() throws IOException {
        List<Shown> all = new ArrayList<>();
        all.add(new Shown("Jenkinsfile", Files.readString(ROOT.resolve("Jenkinsfile"))));
        try (Stream<Path> files = Files.list(ROOT.resolve("examples/jenkins"))) {
            for (Path file : files.filter(f -> f.toString().endsWith("Jenkinsfile"))
                    .sorted()
                    .toList()) {
                all.add(new Shown(file.getFileName().toString(), Files.readString(file)));
            }
        }
        return all.stream();
    }

    static Stream<Shown> snippets() throws IOException {
        List<Shown> all = new ArrayList<>();
        for (String document : List.of("README.md", "docs/jenkins.md")) {
            Parser.builder()
                    .build()
                    .parse(Files.readString(ROOT.resolve(document)))
                    .accept(new AbstractVisitor() {
                        @Override
                        public void visit(FencedCodeBlock block) {
                            if (block.getInfo().equals("groovy")) {
                                all.add(new Shown(document + " " + (all.size() + 1), block.getLiteral()));
                            }
                        }
                    });
        }
        return all.stream();
    }

    static Stream<Shown> pipelines() throws IOException {
        return Stream.concat(examples(), snippets());
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void runsAndCallsOurStepsAsTheyAre(Shown shown) throws Exception {
        List<Called> calls = OurSteps.in(new PlayedJenkins(folder)).run(shown.name(), shown.pipeline());

        assertThat(calls)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(OurSteps.problems(call)).isEmpty());
    }

    @Test
    void everyStepIsShown() throws Exception {
        List<String> called = new ArrayList<>();
        for (Shown shown : examples().toList()) {
            OurSteps.in(new PlayedJenkins(folder))
                    .run(shown.name(), shown.pipeline())
                    .forEach(c -> called.add(c.step()));
        }

        assertThat(called).containsAll(OurSteps.NAMES);
    }

    @Test
    void aMatrixRunsItsStagesForEveryCombination() throws Exception {
        Shown matrix = examples()
                .filter(s -> s.name().startsWith("matrix"))
                .findFirst()
                .orElseThrow();

        assertThat(OurSteps.in(new PlayedJenkins(folder)).run("matrix", matrix.pipeline()))
                .extracting(call -> String.valueOf(call.arguments().get("tags")))
                .containsExactlyInAnyOrder(
                        "registry.example/team/app:java17-alpine",
                        "registry.example/team/app:java17-debian",
                        "registry.example/team/app:java25-alpine",
                        "registry.example/team/app:java25-debian");
    }
}
