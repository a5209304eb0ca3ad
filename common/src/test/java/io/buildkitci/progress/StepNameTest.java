package io.buildkitci.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StepNameTest {
    static Stream<Arguments> names() {
        return Stream.of(
                // name, kind, bake target, platform, output platform, stage, number/of, command
                row("[1/2] FROM a:1@sha256:0", StepKind.FROM, "", "", "", "", "1/2", "FROM a:1@sha256:0"),
                row("[2/3] RUN make", StepKind.RUN, "", "", "", "", "2/3", "RUN make"),
                row("[stage-1  2/10] COPY a b", StepKind.COPY, "", "", "", "stage-1", "2/10", "COPY a b"),
                row(
                        "[linux/arm/v7 builder 3/5] RUN make",
                        StepKind.RUN,
                        "",
                        "linux/arm/v7",
                        "",
                        "builder",
                        "3/5",
                        "RUN make"),
                row(
                        "[linux/amd64->arm64 builder 2/4] WORKDIR /src",
                        StepKind.WORKDIR,
                        "",
                        "linux/amd64",
                        "linux/arm64",
                        "builder",
                        "2/4",
                        "WORKDIR /src"),
                row(
                        "[linux/amd64->arm/v6 2/4] ADD x /",
                        StepKind.ADD,
                        "",
                        "linux/amd64",
                        "linux/arm/v6",
                        "",
                        "2/4",
                        "ADD x /"),
                row(
                        "[linux/amd64->windows/amd64 b 2/4] RUN x",
                        StepKind.RUN,
                        "",
                        "linux/amd64",
                        "windows/amd64",
                        "b",
                        "2/4",
                        "RUN x"),
                row("[windows(10.0.17763)/amd64 2/4] RUN x", StepKind.RUN, "", "windows/amd64", "", "", "2/4", "RUN x"),
                row(
                        "[web linux/amd64 stage-1 2/2] COPY --from=b /a /a",
                        StepKind.COPY,
                        "web",
                        "linux/amd64",
                        "",
                        "stage-1",
                        "2/2",
                        "COPY --from=b /a /a"),
                row(
                        "[api stage-0 4/7] RUN <<EOT (echo one...)",
                        StepKind.RUN,
                        "api",
                        "",
                        "",
                        "stage-0",
                        "4/7",
                        "RUN <<EOT (echo one...)"),
                row(
                        "[stage-0 2/7] LINK COPY --link a /b",
                        StepKind.LINK,
                        "",
                        "",
                        "",
                        "stage-0",
                        "2/7",
                        "LINK COPY --link a /b"),
                row("[2/3] ONBUILD RUN x", StepKind.RUN, "", "", "", "", "2/3", "ONBUILD RUN x"),
                row("[2/3] RUN echo [x] \n y", StepKind.RUN, "", "", "", "", "2/3", "RUN echo [x] \n y"),
                row("[2/3] HEALTHCHECK x", StepKind.INSTRUCTION, "", "", "", "", "2/3", "HEALTHCHECK x"),
                row("FROM a:1@sha256:0", StepKind.FROM, "", "", "", "", "0/0", "FROM a:1@sha256:0"),
                row("[internal] load build context", StepKind.INTERNAL, "", "", "", "", "0/0", "load build context"),
                row(
                        "[linux/386 internal] load metadata for a:1",
                        StepKind.INTERNAL,
                        "",
                        "linux/386",
                        "",
                        "",
                        "0/0",
                        "load metadata for a:1"),
                row(
                        "[web linux/arm64 internal] load metadata for a:1",
                        StepKind.INTERNAL,
                        "web",
                        "linux/arm64",
                        "",
                        "",
                        "0/0",
                        "load metadata for a:1"),
                row("[auth] a:pull token for r", StepKind.INTERNAL, "", "", "", "", "0/0", "a:pull token for r"),
                row("[web] exporting to image", StepKind.EXPORT, "web", "", "", "", "0/0", "exporting to image"),
                row(
                        "exporting to oci image format",
                        StepKind.EXPORT,
                        "",
                        "",
                        "",
                        "",
                        "0/0",
                        "exporting to oci image format"),
                row("importing to docker", StepKind.EXPORT, "", "", "", "", "0/0", "importing to docker"),
                row("merging manifest list r/a:1", StepKind.PUSH, "", "", "", "", "0/0", "merging manifest list r/a:1"),
                row(
                        "exporting cache to registry",
                        StepKind.CACHE_EXPORT,
                        "",
                        "",
                        "",
                        "",
                        "0/0",
                        "exporting cache to registry"),
                row(
                        "importing cache manifest from gha:1",
                        StepKind.CACHE_IMPORT,
                        "",
                        "",
                        "",
                        "",
                        "0/0",
                        "importing cache manifest from gha:1"),
                row("local://context", StepKind.OTHER, "", "", "", "", "0/0", "local://context"),
                row("[] x", StepKind.OTHER, "", "", "", "", "0/0", "[] x"),
                row("[ ] x", StepKind.INTERNAL, "", "", "", "", "0/0", "x"),
                row("", StepKind.OTHER, "", "", "", "", "0/0", ""));
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesANameApart(
            String text,
            StepKind kind,
            String target,
            String platform,
            String output,
            String stage,
            String number,
            String command) {
        StepName name = StepName.parse(text);

        assertThat(name.text()).isEqualTo(text);
        assertThat(name.kind()).isEqualTo(kind);
        assertThat(name.target()).isEqualTo(target);
        assertThat(name.platform().map(p -> p.render()).orElse("")).isEqualTo(platform);
        assertThat(name.output().map(p -> p.render()).orElse("")).isEqualTo(output);
        assertThat(name.stage()).isEqualTo(stage);
        assertThat(name.number() + "/" + name.of()).isEqualTo(number);
        assertThat(name.command()).isEqualTo(command);
    }

    private static Arguments row(Object... columns) {
        return Arguments.of(columns);
    }
}
