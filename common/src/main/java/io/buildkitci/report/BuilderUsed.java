package io.buildkitci.report;

import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import java.util.List;
import java.util.Optional;

/**
 * What the build ran on.
 *
 * @param driver empty when it is not known
 * @param platforms those that were built, in the order asked for
 */
public record BuilderUsed(String name, Optional<Driver> driver, List<PlatformRun> platforms) {
    public BuilderUsed {
        platforms = List.copyOf(platforms);
    }

    /**
     * How a platform was built.
     *
     * @param emulator path of the interpreter that ran it; empty when none did
     * @param runnable false where the builder says that it neither runs nor emulates it: its files can only be copied
     */
    public record PlatformRun(Platform platform, Optional<String> emulator, boolean runnable) {
        public PlatformRun(Platform platform, Optional<String> emulator) {
            this(platform, emulator, true);
        }

        /** {@code native}, {@code emulated by /usr/bin/qemu-aarch64}, or {@code not run}. */
        public String render() {
            return emulator.map(path -> "emulated by " + path).orElse(runnable ? "native" : "not run");
        }
    }
}
