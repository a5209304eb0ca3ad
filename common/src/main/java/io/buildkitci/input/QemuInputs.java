package io.buildkitci.input;

import static io.buildkitci.input.InputSpec.csv;
import static io.buildkitci.input.InputSpec.flag;
import static io.buildkitci.input.InputSpec.text;

import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import java.util.LinkedHashSet;
import java.util.List;

/** The inputs of {@code setup-qemu}, and the way from them to a {@link QemuRequest}. */
public final class QemuInputs {
    private static final String DEFAULT_IMAGE = "docker.io/tonistiigi/binfmt:latest";

    public static final InputTable ALL = new InputTable(
            "setup-qemu",
            List.of(
                    csv("platforms", "platforms that have to run here; all known if not given")
                            .defaultsTo("all")
                            .example("linux/arm64,linux/riscv64")
                            .alias("platform"),
                    flag("reset", false, "remove what is registered for them first"),
                    flag("install", false, "install missing interpreters from the distribution's packages")
                            .ours(),
                    text("image", "image that registers emulators where the machine has no interpreter")
                            .defaultsTo(DEFAULT_IMAGE)
                            .example(DEFAULT_IMAGE),
                    flag("cache-image", true, "keep that image in the CI's cache")));

    private QemuInputs() {}

    public static Checked<QemuRequest> check(RawInput raw, Outside outside) {
        InputReader in = new InputReader(ALL, raw, outside);
        String image = in.one("image", text -> ImageRef.parse(text).render()).orElse(DEFAULT_IMAGE);
        in.flag("cache-image");
        return in.finish(new QemuRequest(platforms(in), in.flag("reset"), in.flag("install"), image));
    }

    private static List<Platform> platforms(InputReader in) {
        if (in.items("platforms").contains("all")) {
            return List.of();
        }
        List<Platform> platforms = in.each("platforms", QemuInputs::emulated);
        return List.copyOf(new LinkedHashSet<>(platforms));
    }

    private static Platform emulated(String text) throws InvalidValue {
        Platform platform = Platform.parse(text);
        if (!platform.os().equals("linux")) {
            throw new InvalidValue(text, "only linux platforms are emulated");
        }
        return platform;
    }
}
