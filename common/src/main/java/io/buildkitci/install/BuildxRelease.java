package io.buildkitci.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of buildx.
 *
 * @param version with its {@code v}
 */
public record BuildxRelease(String version) {
    /** Where the project publishes its releases. */
    public static final String HOME = "https://github.com/docker/buildx/releases/download";

    /** The one that is taken when none is asked for: the newest that this project was tested with. */
    public static final BuildxRelease DEFAULT = new BuildxRelease("v0.36.1");

    /** The release's own file of checksums. */
    public static final String CHECKSUMS = "checksums.txt";

    private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+\\.\\d+(?:-[\\w.]+)?)");

    /** By {@code os.arch} in lower case; the oldest ARM that there is runs on the newer ones too. */
    private static final Map<String, String> ARCHITECTURES = Map.of(
            "amd64", "amd64",
            "x86_64", "amd64",
            "aarch64", "arm64",
            "arm64", "arm64",
            "arm", "arm-v6",
            "ppc64le", "ppc64le",
            "s390x", "s390x",
            "riscv64", "riscv64");

    /** @param text {@code 0.36.1} or {@code v0.36.1}; a moving name such as {@code latest} is none */
    public static Optional<BuildxRelease> parse(String text) {
        Matcher matcher = VERSION.matcher(text.strip());
        return matcher.matches() ? Optional.of(new BuildxRelease("v" + matcher.group(1))) : Optional.empty();
    }

    /**
     * The file for a machine.
     *
     * @param osName as Java's {@code os.name} has it
     * @param osArch as Java's {@code os.arch} has it
     * @return empty for a machine that buildx is not released for
     */
    public Optional<String> file(String osName, String osArch) {
        Optional<String> os = system(osName.toLowerCase(Locale.ROOT));
        Optional<String> architecture = Optional.ofNullable(ARCHITECTURES.get(osArch.toLowerCase(Locale.ROOT)));
        if (os.isEmpty() || architecture.isEmpty()) {
            return Optional.empty();
        }
        String suffix = os.get().equals("windows") ? ".exe" : "";
        return Optional.of("buildx-" + version + "." + os.get() + "-" + architecture.get() + suffix);
    }

    private static Optional<String> system(String name) {
        if (name.startsWith("mac") || name.startsWith("darwin")) {
            return Optional.of("darwin");
        }
        return name.startsWith("windows")
                ? Optional.of("windows")
                : Optional.of(name).filter(other -> other.equals("linux") || other.equals("freebsd"));
    }

    /** @param mirror what stands for {@link #HOME}: a folder with one folder for each release */
    public URI address(String mirror, String file) {
        return URI.create(mirror.replaceFirst("/+$", "") + "/" + version + "/" + file);
    }

    /** The checksum that came with this program; empty for releases that it does not know. */
    public static Optional<String> knownChecksum(String file) {
        return Known.SUMS.of(file);
    }

    /** Read when it is first asked for. */
    private static final class Known {
        static final Checksums SUMS = read();

        private static Checksums read() {
            try (InputStream table = BuildxRelease.class.getResourceAsStream("buildx.sha256")) {
                if (table == null) {
                    throw new IllegalStateException("buildx.sha256 is not in the jar");
                }
                return Checksums.parse(new String(table.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
