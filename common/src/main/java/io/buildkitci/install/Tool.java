package io.buildkitci.install;

import io.buildkitci.model.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be got when it is missing, and how its project publishes it. */
public enum Tool {
    /** A program of its own for each machine. */
    BUILDX("docker/buildx", "", "v0.36.1") {
        @Override
        Optional<String> file(String version, Platform machine) {
            return suffix(OF_BUILDX, machine)
                    .map(suffix ->
                            "buildx-" + version + "." + suffix + (machine.os().equals("windows") ? ".exe" : ""));
        }

        @Override
        List<String> programs(Platform machine) {
            return List.of(executable("docker-buildx", machine));
        }
    },

    /** An archive with the programs below {@code bin}; other systems than Linux have less of them. */
    BUILDKIT("moby/buildkit", "", "v0.32.2") {
        @Override
        Optional<String> file(String version, Platform machine) {
            return suffix(OF_BUILDKIT, machine).map(suffix -> "buildkit-" + version + "." + suffix + ".tar.gz");
        }

        @Override
        List<String> programs(Platform machine) {
            return switch (machine.os()) {
                case "linux" -> List.of("bin/buildkitd", "bin/buildctl", "bin/buildkit-runc");
                case "windows" -> List.of("bin/buildkitd.exe", "bin/buildctl.exe");
                default -> List.of("bin/buildctl");
            };
        }
    },

    /** An archive with a static {@code qemu-<architecture>} for every other architecture. */
    EMULATORS("tonistiigi/binfmt", "deploy/", "v10.2.3-68") {
        @Override
        Optional<String> file(String version, Platform machine) {
            String ofQemu = version.replaceFirst("-\\d+$", "");
            return suffix(OF_EMULATORS, machine).map(suffix -> "qemu_" + ofQemu + "_" + suffix + ".tar.gz");
        }

        @Override
        List<String> programs(Platform machine) {
            return List.of(machine.architecture().equals("arm64") ? "qemu-x86_64" : "qemu-aarch64");
        }
    };

    /** 32-bit ARM: Java does not say which, and the oldest one runs on the newer ones too. */
    private static final Map<String, List<String>> OF_BUILDX = Map.of(
            "linux", List.of("amd64", "arm64", "arm-v6", "ppc64le", "riscv64", "s390x"),
            "darwin", List.of("amd64", "arm64"),
            "windows", List.of("amd64", "arm64"),
            "freebsd", List.of("amd64", "arm64"));

    private static final Map<String, List<String>> OF_BUILDKIT = Map.of(
            "linux", List.of("amd64", "arm64", "arm-v7", "ppc64le", "riscv64", "s390x"),
            "darwin", List.of("amd64", "arm64"),
            "windows", List.of("amd64", "arm64"));

    private static final Map<String, List<String>> OF_EMULATORS =
            Map.of("linux", List.of("amd64", "arm64", "arm-v7", "ppc64le", "riscv64", "s390x"));

    private static final Pattern VERSION = Pattern.compile("v\\d+\\.\\d+\\.\\d+(?:-[\\w.-]+)?");

    private final String repository;
    private final String prefix;
    private final String tested;

    Tool(String repository, String prefix, String tested) {
        this.repository = repository;
        this.prefix = prefix;
        this.tested = tested;
    }

    /** {@code owner/name} of the project that publishes it. */
    public String repository() {
        return repository;
    }

    /** What is taken when no release is asked for: the newest that this project was tested with. */
    public Release tested() {
        return new Release(this, tested);
    }

    /** The file of a release for a machine; empty where the project publishes none. */
    abstract Optional<String> file(String version, Platform machine);

    /** What has to be in it, as paths; the first one is the tool itself. */
    abstract List<String> programs(Platform machine);

    String tag(String version) {
        return prefix + version;
    }

    /** The version that a tag stands for; empty for the tag of something else that the project publishes. */
    Optional<String> version(String tag) {
        Matcher version = VERSION.matcher(tag.startsWith(prefix) ? tag.substring(prefix.length()) : "");
        return version.matches() ? Optional.of(version.group()) : Optional.empty();
    }

    /** {@code buildx}, {@code BuildKit}, {@code emulators}. */
    String title() {
        return switch (this) {
            case BUILDX -> "buildx";
            case BUILDKIT -> "BuildKit";
            case EMULATORS -> "emulators";
        };
    }

    /** Its folder in the tool cache. */
    String folder() {
        return switch (this) {
            case BUILDX -> "buildx";
            case BUILDKIT -> "buildkit";
            case EMULATORS -> "qemu";
        };
    }

    private static Optional<String> suffix(Map<String, List<String>> known, Platform machine) {
        List<String> suffixes = known.getOrDefault(machine.os(), List.of());
        return suffixes.stream()
                .filter(suffix -> suffix.replaceFirst("-v\\d$", "").equals(machine.architecture()))
                .findFirst()
                .map(suffix -> machine.os() + "-" + suffix);
    }

    private static String executable(String name, Platform machine) {
        return machine.os().equals("windows") ? name + ".exe" : name;
    }
}
