package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code docs/drivers.md} says of platforms and caches holds for real builders: its table is read here too. */
@ParameterizedClass(name = "{0}")
@EnumSource
class DriversIT {
    private static final String EMULATED = "linux/arm64,linux/arm/v7,linux/riscv64";

    private static final List<String> PLATFORMS = List.of(
            "linux/amd64",
            "linux/386",
            "linux/arm64",
            "linux/arm/v7",
            "linux/riscv64",
            "linux/ppc64le",
            "linux/s390x",
            "linux/mips64le",
            "windows/amd64");

    /** Steps run where this machine runs them or emulates it; for the others everything is made by a cross stage. */
    private static final String NINE = """
            FROM --platform=$BUILDPLATFORM %2$s AS cross
            ARG TARGETPLATFORM
            RUN echo "%1$s $TARGETPLATFORM" > /made
            FROM BASE AS run
            ARG TARGETPLATFORM
            RUN echo "%1$s $TARGETPLATFORM $(uname -m)" > /made
            FROM scratch AS made
            COPY --from=cross /made /made
            FROM run AS linux-amd64
            FROM run AS linux-386
            FROM run AS linux-arm64
            FROM run AS linux-arm
            FROM run AS linux-riscv64
            FROM made AS linux-ppc64le
            FROM made AS linux-s390x
            FROM made AS linux-mips64le
            FROM made AS windows-amd64
            FROM $TARGETOS-$TARGETARCH
            """;

    @AutoClose
    private static final Builder PEER = Builder.of(Driver.DOCKER_CONTAINER);

    @AutoClose
    private static Stores stores;

    @SuppressWarnings("NullAway.Init") // before the first test of each way
    private static Way.Opened opened;

    @Parameter
    private Way way = Way.ENGINE;

    @BeforeAll
    static void prepare() throws Exception {
        stores = new Stores();
    }

    @BeforeParameterizedClassInvocation
    static void open(Way way) throws Exception {
        opened = way.open();
    }

    @AfterParameterizedClassInvocation
    static void close() throws Exception {
        opened.close();
    }

    @Test
    void ninePlatformsAreBuiltAndPushed() throws Exception {
        Builder builder = opened.builder();
        String fresh = CommandLine.fresh();
        String image = Builder.image("nine");
        // the kernel's state is everybody's: what is registered stays
        Said emulators = PEER.commandLine().run("setup-qemu", "--platforms", EMULATED);
        assertThat(emulators.exit()).as(emulators.toString()).isZero();

        JsonNode report = builder.build(
                        builder.context(NINE.formatted(fresh, TESTBED.base())),
                        "--platforms",
                        String.join(",", PLATFORMS),
                        "--tags",
                        image,
                        "--push",
                        "--json")
                .built();

        Registry.Manifest index = Registry.read(image);
        assertThat(report.at("/image/digest").asText()).isEqualTo(index.digest());
        assertThat(Reported.digests(report).keySet()).containsExactlyInAnyOrderElementsOf(PLATFORMS);
        assertThat(index.platforms()).containsAllEntriesOf(Reported.digests(report));
        Map<String, String> machines =
                Map.of("linux/amd64", " x86_64", "linux/arm64", " aarch64", "linux/riscv64", " riscv64");
        for (String platform : PLATFORMS) {
            List<byte[]> layers = index.of(platform).layers();
            assertThat(new String(Archive.unzipped(layers.get(layers.size() - 1)), StandardCharsets.UTF_8))
                    .contains(fresh + " " + platform + machines.getOrDefault(platform, ""));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void cachesComeBackWhereTheTableSaysSo(CacheType type) throws Exception {
        Builder builder = opened.builder();
        // what everybody's engine keeps stays there, so another builder takes part
        Builder other = builder.driver() == Driver.DOCKER ? PEER : builder;
        if (way.setup().can(type.writing())) {
            comesBack(type, builder, other);
        } else {
            isRefused(type, builder);
        }
        if (other != builder && way.setup().can(type.reading())) {
            comesBack(type, other, builder);
        }
    }

    private static void comesBack(CacheType type, Builder writer, Builder reader) throws Exception {
        String image = Builder.image("caches");
        Stores.Sides cache = stores.of(type, image, writer.folder());
        Path context =
                writer.context("FROM BASE\nRUN echo %s > /made\nRUN cp /made /again\n".formatted(CommandLine.fresh()));
        String[] common = {"--platforms", "386", "--tags", image, "--push", "--json"};

        JsonNode written =
                writer.build(context, with(common, "--cache-to", cache.to())).built();
        if (reader == writer) {
            writer.forget();
        }
        JsonNode read = reader.build(context, with(common, "--cache-from", cache.from()))
                .built();

        assertThat(Reported.steps(written)).as(written.toPrettyString()).containsExactly(2, 0, 2);
        assertThat(Reported.steps(read)).as(read.toPrettyString()).containsExactly(2, 2, 0);
    }

    private static String[] with(String[] arguments, String name, String value) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(name, value));
        return all.toArray(String[]::new);
    }

    /** And by buildx itself too: the table is not more careful than it has to be. */
    private static void isRefused(CacheType type, Builder builder) throws Exception {
        Path context = builder.context("FROM BASE\n");
        String to = stores.of(type, Builder.image("caches"), builder.folder()).to();

        Said refused = builder.build(context, "--cache-to", to, "--json");
        Said tried = builder.commandLine()
                .buildx("build", "--builder", builder.name(), "--cache-to", to, context.toString());

        assertThat(Reported.failure(refused)).isEqualTo("capability-missing");
        assertThat(tried.exit()).isNotZero();
        assertThat(tried.err()).contains("unknown cache exporter");
    }
}
