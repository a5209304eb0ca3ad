package io.buildkitci.action.github;

import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.model.Platform;
import java.util.List;
import java.util.stream.Collectors;

/** {@code create-builder}: makes a builder that the post step removes, or takes the one that is there. */
final class BuilderAction implements Action {
    @Override
    public List<InputTable> tables() {
        return List.of(BuilderInputs.ALL);
    }

    @Override
    public int main(ActionRun run) throws InterruptedException {
        AskedBuilder asked = AskedBuilder.read(run.inputs(), run);
        return run.then(
                asked.checked(),
                asked.problems(),
                request -> BuildxInput.then(
                        request, run, here -> new BuilderSetup(here).make(asked).then(builder -> tell(builder, here))));
    }

    private static void tell(BuilderSummary builder, ActionRun run) {
        run.log()
                .group(
                        "Builder " + builder.name(),
                        List.of(
                                "driver     " + builder.driver(),
                                "status     " + builder.status(),
                                "BuildKit   " + builder.buildkit().orElse("not known"),
                                "native     " + texts(builder.nativePlatforms()),
                                "emulated   " + texts(builder.emulatedPlatforms()),
                                "nodes      " + builder.nodesJson()));
        run.output("name", builder.name());
        run.output("driver", builder.driver());
        run.output("platforms", texts(builder.platforms()));
        run.output("nodes", builder.nodesJson());
        run.output("endpoint", builder.endpoint());
        run.output("status", builder.status());
        run.output("flags", builder.flags());
    }

    private static String texts(List<Platform> platforms) {
        return platforms.stream().map(Platform::render).collect(Collectors.joining(","));
    }
}
