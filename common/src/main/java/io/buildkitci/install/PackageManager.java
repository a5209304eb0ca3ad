package io.buildkitci.install;

import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How distributions install packages. */
public enum PackageManager {
    /** Debian and Ubuntu; a fresh image has no lists of packages yet. */
    APT("apt-get", "apt-get install") {
        @Override
        List<List<String>> installing(List<String> packages) {
            List<List<String>> commands = new ArrayList<>(List.of(install(packages.get(0)), UPDATE));
            packages.forEach(name -> commands.add(install(name)));
            return commands;
        }

        private static List<String> install(String name) {
            return List.of(
                    "apt-get",
                    "-q",
                    "-o",
                    "DPkg::Lock::Timeout=120",
                    "install",
                    "--yes",
                    "--no-install-recommends",
                    name);
        }
    },
    DNF("dnf", "dnf install") {
        @Override
        List<List<String>> installing(List<String> packages) {
            return packages.stream()
                    .map(name -> List.of("dnf", "install", "-y", name))
                    .toList();
        }
    },
    APK("apk", "apk add") {
        @Override
        List<List<String>> installing(List<String> packages) {
            return packages.stream()
                    .map(name -> List.of("apk", "add", "--no-cache", name))
                    .toList();
        }
    },
    ZYPPER("zypper", "zypper install") {
        @Override
        List<List<String>> installing(List<String> packages) {
            return packages.stream()
                    .map(name -> List.of("zypper", "--non-interactive", "install", name))
                    .toList();
        }
    };

    private static final List<String> UPDATE = List.of("apt-get", "-q", "update");
    private static final List<String> DIRECTORIES = List.of("/usr/bin", "/usr/sbin", "/sbin", "/bin");

    private final String executable;
    private final String typed;

    PackageManager(String executable, String typed) {
        this.executable = executable;
        this.typed = typed;
    }

    public static Optional<PackageManager> find(HostFiles files) {
        return Arrays.stream(values())
                .filter(manager -> DIRECTORIES.stream()
                        .anyMatch(directory -> files.isExecutable(Path.of(directory, manager.executable))))
                .findFirst();
    }

    /**
     * Commands to run one after the other until there is what is wanted; any may fail.
     *
     * @param packages at least one; the likeliest first
     */
    abstract List<List<String>> installing(List<String> packages);

    /** What a person types to install these. */
    public String advice(List<String> packages) {
        return typed + " " + String.join(" ", packages);
    }

    /** Where buildx may be, the likeliest first. */
    List<String> ofBuildx() {
        return switch (this) {
            case APT -> List.of("docker-buildx", "docker-buildx-plugin");
            case DNF -> List.of("docker-buildx-plugin", "docker-buildx");
            case APK -> List.of("docker-cli-buildx");
            case ZYPPER -> List.of("docker-buildx");
        };
    }
}
