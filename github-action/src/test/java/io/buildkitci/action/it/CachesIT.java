package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one builder leaves in a cache, another that has never seen the build takes from it. */
class CachesIT {
    private static final String STEPS = """
            FROM BASE AS made
            ARG TARGETPLATFORM
            RUN echo %s for $TARGETPLATFORM > /made
            RUN cp /made /again
            FROM BASE
            COPY --from=made /again /again
            """;

    @AutoClose
    private static final Builder WRITER = Builder.of(Driver.DOCKER_CONTAINER);

    @AutoClose
    private static final Builder READER = Builder.of(Driver.DOCKER_CONTAINER);

    private final String image = Builder.image("caches");
    private final Path directory = WRITER.folder().resolve("cache-" + CommandLine.fresh());

    private static Path context() throws Exception {
        return WRITER.context(STEPS.formatted(CommandLine.fresh()));
    }

    private String[] arguments(String platforms, String... cache) {
        return Stream.concat(
                        Stream.of("--platforms", platforms, "--tags", image, "--push", "--json"),
                        Stream.of(cache).map(this::inPlace))
                .toArray(String[]::new);
    }

    /** {@code IMAGE} is the test's own image, {@code DIR} a directory of its own. */
    private String inPlace(String cache) {
        return cache.replace("IMAGE", image).replace("DIR", directory.toString());
    }

    static List<Arguments> rawCaches() {
        return Stream.of(TESTBED.buildx(), TESTBED.oldBuildx())
                .flatMap(buildx -> Stream.of(
                        Arguments.of("type=registry,ref=IMAGE", "type=inline", "386", buildx),
                        Arguments.of(
                                "type=registry,ref=IMAGE-cache",
                                "type=registry,ref=IMAGE-cache,mode=max",
                                "amd64,386",
                                buildx),
                        Arguments.of("type=local,src=DIR", "type=local,dest=DIR,mode=max", "amd64,386", buildx)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rawCaches")
    void anotherBuilderTakesItUp(String from, String to, String platforms, Path buildx) throws Exception {
        Path context = context();
        String[] arguments = arguments(platforms, "--cache-from", from, "--cache-to", to);

        JsonNode first =
                WRITER.build(WRITER.through(buildx), context, arguments).built();
        JsonNode second =
                READER.build(READER.through(buildx), context, arguments).built();

        everyStepRanOnlyThen(first, second, platforms);
    }

    static List<Arguments> shorthands() {
        return List.of(
                Arguments.of("inline", "amd64"),
                Arguments.of("registry", "amd64,386"),
                Arguments.of("registry=IMAGE-own", "386"),
                Arguments.of("local=DIR", "amd64,386"));
    }

    @ParameterizedTest
    @MethodSource("shorthands")
    void oneWordIsEnough(String cache, String platforms) throws Exception {
        Path context = context();
        String[] arguments = arguments(platforms, "--cache", cache);

        JsonNode first = WRITER.build(context, arguments).built();
        JsonNode second = READER.build(context, arguments).built();

        everyStepRanOnlyThen(first, second, platforms);
    }

    @Test
    void outlivesItsBuilder() throws Exception {
        try (Builder builder = Builder.of(Driver.DOCKER_CONTAINER)) {
            Path context = builder.context(STEPS.formatted(CommandLine.fresh()));
            CommandLine atHome = builder.commandLine().inDirectory(builder.folder());

            JsonNode first = builder.build(atHome, context, arguments("amd64,386", "--cache", "local"))
                    .built();
            builder.renew();
            JsonNode second = builder.build(atHome, context, arguments("amd64,386", "--cache", "local"))
                    .built();

            everyStepRanOnlyThen(first, second, "amd64,386");
            assertThat(builder.folder().resolve(".buildkit-cache")).isDirectory();
        }
    }

    @Test
    void oneChangeRunsOnlyWhatItTouches() throws Exception {
        Path context = WRITER.context("FROM BASE\nRUN echo %s > /first\nCOPY page /page\nRUN wc -c /page > /second\n"
                .formatted(CommandLine.fresh()));
        Files.writeString(context.resolve("page"), "before");

        JsonNode first =
                WRITER.build(context, arguments("amd64", "--cache", "registry")).built();
        Files.writeString(context.resolve("page"), "after this");
        JsonNode second =
                READER.build(context, arguments("amd64", "--cache", "registry")).built();

        assertThat(Reported.steps(first)).containsExactly(3, 0, 3);
        assertThat(Reported.steps(second)).containsExactly(3, 1, 2);
    }

    private static void everyStepRanOnlyThen(JsonNode first, JsonNode second, String platforms) {
        int steps = 3 * platforms.split(",").length;
        assertThat(Reported.steps(first)).as(first.toPrettyString()).containsExactly(steps, 0, steps);
        assertThat(Reported.steps(second)).as(second.toPrettyString()).containsExactly(steps, steps, 0);
        assertThat(second.path("notes")).isEmpty();
    }
}
