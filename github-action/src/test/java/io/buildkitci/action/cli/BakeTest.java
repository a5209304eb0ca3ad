package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.host.PlayedMachine.Said;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BakeTest {
    private static final String DEFINITION = """
            {"target": {"app": {"context": "."}, "db": {"context": "."}}}
            """;

    private final PlayedMachine machine = new PlayedMachine();

    @BeforeEach
    void play() {
        machine.runner.on(PlayedMachine.BUILDX, "bake").run((command, output) -> {
            List<String> argv = command.argv();
            if (argv.contains("--print")) {
                output.line(Stream.OUT, DEFINITION.strip());
            } else {
                machine.files.with(
                        argv.get(argv.indexOf("--metadata-file") + 1),
                        "{\"db\": {\"containerimage.digest\": \"" + PlayedMachine.DIGEST + "\"}}");
            }
            return new Outcome.Exited(0);
        });
    }

    private List<String> bakes() {
        return machine.runner.commandLines().stream()
                .filter(line -> line.startsWith(PlayedMachine.BUILDX + " bake"))
                .toList();
    }

    @Test
    void targetsMayBeArgumentsAndAreReportedOneByOne() throws InterruptedException {
        Said said = machine.run("bake", "app", "db", "--push");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(bakes()).hasSize(2).allMatch(line -> line.endsWith(" app db"));
        assertThat(said.out()).contains("2 targets built", "target app", "target db", PlayedMachine.DIGEST);
    }

    @Test
    void targetsComeInOneWay() throws InterruptedException {
        Said said = machine.run("bake", "--targets", "app", "db");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("targets: 'db': given as flags and as arguments; take one way");
        assertThat(bakes()).isEmpty();
    }

    @Test
    void aDefinitionIsShownWithoutBuildingIt() throws InterruptedException {
        assertThat(machine.run("bake", "--print").out().strip()).isEqualTo(DEFINITION.strip());
        assertThat(machine.run("bake", "--plan").out()).contains("\"targets\" : [ \"app\", \"db\" ]");
        assertThat(bakes()).allMatch(line -> line.contains(" --print"));
    }

    @Test
    void theResultIsAPageToo() throws InterruptedException {
        Said said = machine.run("bake", "--html-file", "./page.html", "--json-file", "./result.json");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(machine.files.read(Path.of("./page.html")).orElseThrow())
                .startsWith("<!DOCTYPE html>")
                .contains("<title>2 targets built</title>", PlayedMachine.DIGEST)
                .containsPattern("(?s)(<article.*</article>\\s*){2}");
        assertThat(machine.files.read(Path.of("./result.json")).orElseThrow()).contains("\"targets\"");
    }
}
