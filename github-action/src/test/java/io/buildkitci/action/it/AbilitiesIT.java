package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import io.buildkitci.plan.Ability;
import io.buildkitci.plan.Setup;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/drivers.md} says of caches holds for real builders: its table is read here too. */
class AbilitiesIT {
    private static final Map<Driver, Setup> SETUPS = new EnumMap<>(Map.of(
            Driver.DOCKER, Setup.ENGINE_ON_CONTAINERD,
            Driver.DOCKER_CONTAINER, Setup.CONTAINER,
            Driver.REMOTE, Setup.REMOTE,
            Driver.BUILDKITD, Setup.BUILDCTL));

    private static final Map<Ability, WrittenAndRead> CACHES = new EnumMap<>(Map.of(
            Ability.EXPORT_INLINE, new WrittenAndRead("type=inline", "type=registry,ref=IMAGE"),
            Ability.EXPORT_REGISTRY,
                    new WrittenAndRead("type=registry,ref=IMAGE-cache,mode=max", "type=registry,ref=IMAGE-cache"),
            Ability.EXPORT_LOCAL, new WrittenAndRead("type=local,dest=DIR,mode=max", "type=local,src=DIR")));

    /** Both sides of a cache; {@code IMAGE} and {@code DIR} are the test's own. */
    private record WrittenAndRead(String to, String from) {}

    static Stream<Arguments> claimed() {
        return SETUPS.entrySet().stream()
                .flatMap(setup -> CACHES.entrySet().stream()
                        .filter(cache -> setup.getValue().can(cache.getKey()))
                        .map(cache -> Arguments.of(setup.getKey(), cache.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("claimed")
    void aCacheThatIsClaimedComesBack(Driver driver, WrittenAndRead cache) throws Exception {
        try (Builder builder = Builder.of(driver);
                Builder reader = Builder.of(Driver.DOCKER_CONTAINER)) {
            String image = Builder.image("abilities");
            Path context = builder.context("FROM BASE\nRUN echo %s > /made\n".formatted(CommandLine.fresh()));
            Path directory = builder.folder().resolve("cache");
            String to = cache.to().replace("IMAGE", image).replace("DIR", directory.toString());
            String from = cache.from().replace("IMAGE", image).replace("DIR", directory.toString());

            JsonNode written = builder.build(
                            context, "--platforms", "386", "--tags", image, "--push", "--json", "--cache-to", to)
                    .built();
            Builder other = driver == Driver.DOCKER_CONTAINER || driver == Driver.BUILDKITD ? builder : reader;
            if (other == builder) {
                builder.renew();
            }
            JsonNode read = other.build(
                            context, "--platforms", "386", "--tags", image, "--push", "--json", "--cache-from", from)
                    .built();

            assertThat(Reported.steps(written)).containsExactly(1, 0, 1);
            assertThat(Reported.steps(read)).containsExactly(1, 1, 0);
        }
    }

    static Stream<Arguments> lacking() {
        return SETUPS.entrySet().stream()
                .flatMap(setup -> Stream.of(Ability.EXPORT_S3, Ability.EXPORT_AZBLOB)
                        .filter(ability -> !setup.getValue().can(ability))
                        .map(ability -> Arguments.of(setup.getKey(), ability)));
    }

    /** What buildx itself says where we refuse: the table is not more careful than it has to be. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lacking")
    void aCacheThatIsNotClaimedIsUnknownToTheBuilder(Driver driver, Ability ability) throws Exception {
        String type = ability == Ability.EXPORT_S3
                ? "type=s3,region=x,bucket=b,endpoint_url=http://127.0.0.1:1"
                : "type=azblob,account_url=http://127.0.0.1:1/a,name=x";
        try (Builder builder = Builder.of(driver)) {
            Path context = builder.context("FROM BASE\n");

            Said refused = builder.build(context, "--cache-to", type, "--json");
            Said tried = builder.commandLine()
                    .program(
                            TESTBED.buildx(),
                            "build",
                            "--builder",
                            builder.name(),
                            "--cache-to",
                            type,
                            context.toString());

            assertThat(Reported.failure(refused)).isEqualTo("capability-missing");
            assertThat(tried.exit()).isNotZero();
            assertThat(tried.err()).contains("unknown cache exporter");
        }
    }
}
