package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cache.CacheScope;
import io.buildkitci.console.ProgressView;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.FakeOutside;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Redactor;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.progress.Recorded;
import io.buildkitci.report.BakeReport;
import io.buildkitci.words.HostWords;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A definition of three services, a buildx that reads and builds it, and what comes of it. */
final class PlayedBakes {
    static final String BUILDX = "/bin/docker-buildx";

    /** Hidden in what is told. */
    static final String PLANTED = "planted-in-a-variable";

    final Map<String, String> environment = new TreeMap<>();
    final PlayedTools tools = new PlayedTools();
    final FakeProcessRunner runner = tools.runner;
    final InMemoryFiles files = tools.files.withExecutable(BUILDX);
    String definition = """
            {"target": {
              "api":    {"context": "api", "tags": ["registry.example/api:1"], "output": [{"type": "registry"}]},
              "web":    {"context": "web", "tags": ["registry.example/web:1"], "platforms": ["linux/amd64,linux/386"]},
              "worker": {"context": "worker", "cache-to": [{"type": "inline"}]}}}
            """;

    PlayedBakes() {
        runner.on(BUILDX, "version").out("github.com/docker/buildx v0.36.1 0123456");
        runner.on(BUILDX, "inspect")
                .out(
                        "Name: ci",
                        "Driver: docker-container",
                        "",
                        "Nodes:",
                        "Name: ci0",
                        "Endpoint: unix:///var/run/docker.sock",
                        "Status: running",
                        "BuildKit version: v0.32.2",
                        "Platforms: linux/amd64, linux/386");
    }

    Bakes bakes() {
        return bakes(Revival.NONE);
    }

    Bakes bakes(Revival revival) {
        CapabilityProbe probe = tools.probe(Optional.of(Path.of(BUILDX)));
        return new Bakes(tools.tools(), probe, new Builds(tools.tools(), probe, HostWords.PLAIN, revival));
    }

    static BakeRequest request(String... namesAndTexts) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            values.put(namesAndTexts[i], RawValue.of(namesAndTexts[i + 1]));
        }
        Checked<BakeInputs.Asked> checked = BakeInputs.check(
                RawInput.of(values), new FakeOutside().directory("app").outside());
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<BakeInputs.Asked>) checked).value().request();
    }

    Bakes.Prepared prepare(BakeRequest request) throws InterruptedException {
        return prepare(request, bakes());
    }

    Bakes.Prepared prepare(BakeRequest request, Bakes bakes) throws InterruptedException {
        runner.when(command -> command.argv().contains("--print"))
                .out(definition.lines().toArray(String[]::new));
        return bakes.prepare(request, PlayedBakes::scope, this::variable, Redactor.of(List.of(PLANTED)));
    }

    static CacheScope scope(BuildRequest target) {
        return CacheScope.of(target.naming().tags(), target.platforms());
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    Bakes.Ready ready(String... inputs) throws InterruptedException {
        Bakes.Prepared prepared = prepare(request(inputs));
        assertThat(prepared).as(prepared.toString()).isInstanceOf(Bakes.Ready.class);
        return (Bakes.Ready) prepared;
    }

    static BuildRequest target(String name, Bakes.Ready ready) {
        return Optional.ofNullable(ready.targets().get(name)).orElseThrow();
    }

    List<String> wrong(String... inputs) throws InterruptedException {
        Bakes.Prepared prepared = prepare(request(inputs));
        assertThat(prepared).isInstanceOf(Bakes.Wrong.class);
        return ((Bakes.Wrong) prepared).problems().stream().map(Problem::render).toList();
    }

    BakeReport build(String recorded, int status, String metadata) throws InterruptedException {
        return build(ready(), recorded, status, metadata, argv -> {});
    }

    /** @param writing what buildx does with its arguments */
    BakeReport build(Bakes.Ready ready, String recorded, int status, String metadata, Consumer<List<String>> writing)
            throws InterruptedException {
        runner.when(command -> command.argv().contains("--metadata-file")).run((command, output) -> {
            Recorded.lines(recorded).forEach(line -> output.line(Stream.ERR, line));
            List<String> argv = command.argv();
            writing.accept(argv);
            files.with(argv.get(argv.indexOf("--metadata-file") + 1), metadata);
            return new Outcome.Exited(status);
        });
        return BakeReports.of(bakes().run(ready, Silent::new, Redactor.NONE));
    }

    /** Of what is written beside its place until it is whole. */
    List<String> left() {
        return files.paths().stream().filter(path -> path.contains(".fresh-")).toList();
    }

    /** Nobody watches. */
    static final class Silent implements ProgressView {
        @Override
        public void update(ProgressLine line) {}

        @Override
        public void tick() {}

        @Override
        public void close() {}
    }
}
