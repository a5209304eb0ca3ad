package io.buildkitci.model;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An operating system, an architecture and a variant, normalised as containerd does: {@code linux/arm64/v8} is
 * {@code linux/arm64}, {@code linux/arm} is {@code linux/arm/v7}, {@code x86_64} is {@code amd64}.
 *
 * @param variant empty when there is none
 */
public record Platform(String os, String architecture, String variant) implements Comparable<Platform>, Rendered {
    /** Other names of an architecture (containerd's {@code platforms} package). */
    private static final Map<String, String> ALIASES = Map.of(
            "x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64", "armhf", "arm/v7", "armel", "arm/v6", "i386",
            "386", "i686", "386");

    /** What can be built here, by operating system and architecture, with the variants that each may have. */
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "linux/386", Set.of(""),
            "linux/amd64", Set.of("", "v2", "v3", "v4"),
            "linux/arm", Set.of("v5", "v6", "v7"),
            "linux/arm64", Set.of(""),
            "linux/riscv64", Set.of(""),
            "linux/ppc64le", Set.of(""),
            "linux/s390x", Set.of(""),
            "linux/mips64le", Set.of(""),
            "linux/loong64", Set.of(""),
            "windows/amd64", Set.of(""));

    /** What {@link #parse} accepts, for messages. */
    public static final String ACCEPTED = "linux/386, linux/amd64, linux/arm/v5, linux/arm/v6, linux/arm/v7,"
            + " linux/arm64, linux/riscv64, linux/ppc64le, linux/s390x, linux/mips64le, linux/loong64, windows/amd64,"
            + " or a bare architecture (linux is meant)";

    /** @throws InvalidValue if it is not one of {@link #ACCEPTED} or another name of one */
    public static Platform parse(String text) throws InvalidValue {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split("/", -1);
        String os = "linux";
        int at = 0;
        if (parts.length > 1 && !parts[1].isEmpty() && isOs(parts[0])) {
            os = parts[0];
            at = 1;
        }
        String rest = ALIASES.getOrDefault(parts[at], parts[at]);
        for (int i = at + 1; i < parts.length; i++) {
            rest += "/" + parts[i];
        }
        int slash = rest.indexOf('/');
        String architecture = slash < 0 ? rest : rest.substring(0, slash);
        String variant = normalVariant(architecture, slash < 0 ? "" : rest.substring(slash + 1));
        Set<String> variants = KNOWN.get(os + "/" + architecture);
        if (variants == null) {
            throw new InvalidValue(text, "unknown platform; accepted are " + ACCEPTED);
        }
        if (!variants.contains(variant)) {
            String known = String.join(", ", new TreeSet<>(variants)).strip();
            throw new InvalidValue(
                    text,
                    "unknown variant of " + os + "/" + architecture
                            + (known.isEmpty() ? "; it has none" : "; known are " + known));
        }
        return new Platform(os, architecture, variant);
    }

    private static boolean isOs(String text) {
        return !ALIASES.containsKey(text) && !KNOWN.containsKey("linux/" + text);
    }

    private static String normalVariant(String architecture, String variant) {
        return switch (architecture) {
            case "arm64" -> variant.equals("v8") || variant.equals("8") ? "" : variant;
            case "amd64" -> variant.equals("v1") ? "" : variant;
            case "arm" -> variant.isEmpty() ? "v7" : variant.matches("[5-8]") ? "v" + variant : variant;
            default -> variant;
        };
    }

    /** As buildx writes it: {@code linux/arm/v7}. */
    @Override
    public String render() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }

    /** Written out, like {@link #hashCode}, for what a record brings itself is linked when it is first used: see ADR 7. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Platform platform
                && os.equals(platform.os)
                && architecture.equals(platform.architecture)
                && variant.equals(platform.variant);
    }

    @Override
    public int hashCode() {
        return render().hashCode();
    }

    @Override
    public int compareTo(Platform other) {
        return render().compareTo(other.render());
    }

    @Override
    public String toString() {
        return render();
    }
}
