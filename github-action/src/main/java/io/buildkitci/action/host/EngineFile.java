package io.buildkitci.action.host;

import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.EngineProduct;
import java.nio.file.Path;
import java.util.Optional;

/** Where the configuration of the engine that is talked to lies on this machine, or why none is changed here. */
sealed interface EngineFile {
    /** @param restart the command that makes the engine read it */
    record At(Path file, String restart) implements EngineFile {}

    /** @param instead what the person does, a clause */
    record NotHere(String reason, String instead) implements EngineFile {}

    static EngineFile of(Host host, DockerEngine.Answer answer, boolean elsewhere) {
        if (answer instanceof DockerEngine.Info info) {
            Optional<EngineFile> other = ofProduct(info);
            if (other.isPresent()) {
                return other.get();
            }
        }
        if (elsewhere) {
            return new NotHere("the engine that is talked to is on another machine", "run this there");
        }
        return switch (host.clients().os()) {
            case LINUX -> onLinux(host, answer instanceof DockerEngine.Info info && info.rootless());
            case WINDOWS ->
                new At(
                        Path.of(
                                host.variable("ProgramData").orElse("C:\\ProgramData"),
                                "docker",
                                "config",
                                "daemon.json"),
                        "Restart-Service docker");
            case MACOS ->
                new NotHere(
                        "no engine runs on macOS itself, only in products with settings of their own",
                        "start yours and ask again");
        };
    }

    private static EngineFile onLinux(Host host, boolean rootless) {
        if (!rootless) {
            return new At(Path.of("/etc/docker/daemon.json"), "systemctl restart docker");
        }
        Path configuration = host.variable("XDG_CONFIG_HOME")
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElse(host.clients().home().resolve(".config"));
        return new At(configuration.resolve("docker").resolve("daemon.json"), "systemctl --user restart docker");
    }

    private static Optional<EngineFile> ofProduct(DockerEngine.Info info) {
        if (!info.osType().equals("linux")) {
            return Optional.of(new NotHere(
                    "this engine runs " + info.osType() + " containers, for which it has no BuildKit",
                    "switch it to Linux containers, or take a builder of driver remote"));
        }
        String reason = info.product().title() + " keeps its engine's configuration itself";
        return info.product()
                .settings()
                .map(settings -> info.product() == EngineProduct.PODMAN
                        ? new NotHere("this is the socket of Podman, which has no BuildKit", settings)
                        : new NotHere(reason, settings));
    }
}
