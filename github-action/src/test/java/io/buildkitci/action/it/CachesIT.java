package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one builder leaves in a cache, another that has never seen the build takes from it. */
@ParameterizedClass
@MethodSource("builders")
class CachesIT {
    private static final String STEPS = """
            FROM BASE AS made
            ARG TARGETPLATFORM
            RUN echo %s for $TARGETPLATFORM > /made
            RUN cp /made /again
            FROM BASE
            COPY --from=made /again /again
            """;

    @Parameter
    private Builder builder = Builder.of(Driver.DOCKER_CONTAINER);

    static Stream<Builder> builders() {
        return Stream.of(Builder.of(Driver.DOCKER_CONTAINER), Builder.withOldBuildx(Driver.DOCKER_CONTAINER));
    }

    /** Both sides of a cache; {@code IMAGE} is the image's name, {@code DIR} a directory of the test's own. */
    static List<Arguments> rawCaches() {
        return List.of(
                Arguments.of("type=registry,ref=IMAGE", "type=inline", "386"),
                Arguments.of("type=registry,ref=IMAGE-cache", "type=registry,ref=IMAGE-cache,mode=max", "amd64,386"),
                Arguments.of("type=local,src=DIR", "type=local,dest=DIR,mode=max", "amd64,386"));
    }

    @ParameterizedTest
    @MethodSource("rawCaches")
    void anotherBuilderTakesItUp(String from, String to, String platforms) throws Exception {
        String image = Builder.image("caches");
        String directory =
                builder.folder().resolve("cache-" + CommandLine.fresh()).toString();

        thereAndBack(
                image,
                platforms,
                "--cache-from",
                from.replace("IMAGE", image).replace("DIR", directory),
                "--cache-to",
                to.replace("IMAGE", image).replace("DIR", directory));
    }

    static List<Arguments> shorthands() {
        return List.of(
                Arguments.of("inline", "amd64"),
                Arguments.of("registry", "amd64,386"),
                Arguments.of("registry=IMAGE-own", "386"),
                Arguments.of("local", "amd64,386"),
                Arguments.of("local=DIR", "386"));
    }

    @ParameterizedTest
    @MethodSource("shorthands")
    void oneWordIsEnough(String cache, String platforms) throws Exception {
        String image = Builder.image("caches");
        String directory =
                builder.folder().resolve("cache-" + CommandLine.fresh()).toString();

        thereAndBack(image, platforms, "--cache", cache.replace("IMAGE", image).replace("DIR", directory));
    }

    private void thereAndBack(String image, String platforms, String... cache) throws Exception {
        Path context = builder.context(STEPS.formatted(CommandLine.fresh()));
        String[] arguments = Stream.concat(
                        Stream.of("--platforms", platforms, "--tags", image, "--push", "--provenance=false", "--json"),
                        Stream.of(cache))
                .toArray(String[]::new);

        JsonNode first = builder.build(context, arguments).built();
        builder.renew();
        JsonNode second = builder.build(context, arguments).built();

        int steps = 3 * platforms.split(",").length;
        assertThat(Reported.steps(first)).containsExactly(steps, 0, steps);
        assertThat(Reported.run(second)).as(second.toPrettyString()).isZero();
        assertThat(second.at("/image/digest")).isEqualTo(first.at("/image/digest"));
        assertThat(second.path("notes")).isEmpty();
    }

    @Test
    void oneChangeRunsOnlyWhatItTouches() throws Exception {
        Path context = builder.context("FROM BASE\nRUN echo %s > /first\nCOPY page /page\nRUN wc -c /page > /second\n"
                .formatted(CommandLine.fresh()));
        Files.writeString(context.resolve("page"), "before");
        String[] arguments = {"--tags", Builder.image("caches"), "--push", "--cache", "registry", "--json"};

        JsonNode first = builder.build(context, arguments).built();
        builder.renew();
        Files.writeString(context.resolve("page"), "after this");
        JsonNode second = builder.build(context, arguments).built();

        assertThat(Reported.steps(first)).containsExactly(3, 0, 3);
        assertThat(Reported.steps(second)).containsExactly(3, 1, 2);
    }

    @Test
    void drivingAnEngineAndARemoteUsesTheSameCaches() throws Exception {
        Path context = builder.context(STEPS.formatted(CommandLine.fresh()));
        String[] arguments = {
            "--platforms", "amd64,386", "--tags", Builder.image("caches"), "--push", "--cache", "registry", "--json"
        };

        builder.build(context, arguments).built();
        for (Driver driver : List.of(Driver.DOCKER, Driver.REMOTE)) {
            try (Builder other = Builder.of(driver)) {
                assertThat(Reported.run(other.build(context, arguments).built()))
                        .as(driver.render())
                        .isZero();
            }
        }
    }

    @Test
    void aCacheOfAnEngineOrARemoteServesABuilder() throws Exception {
        for (Driver driver : List.of(Driver.DOCKER, Driver.REMOTE)) {
            try (Builder other = Builder.of(driver)) {
                Path context = builder.context(STEPS.formatted(CommandLine.fresh()));
                String directory =
                        builder.folder().resolve("of-" + driver.render()).toString();
                String[] arguments = {
                    "--platforms",
                    "amd64,386",
                    "--tags",
                    Builder.image("caches"),
                    "--cache",
                    "local=" + directory,
                    "--output",
                    "type=cacheonly",
                    "--json"
                };

                JsonNode first = other.build(context, arguments).built();
                JsonNode second = builder.build(context, arguments).built();

                assertThat(Reported.steps(first)).as(driver.render()).containsExactly(6, 0, 6);
                assertThat(Reported.run(second)).as(driver.render()).isZero();
            }
        }
    }
}
