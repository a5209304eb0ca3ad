package io.buildkitci.builder;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.process.ProcessRunner.Captured;
import java.util.List;
import java.util.Optional;

/**
 * The Docker context of a builder whose engine is known by variables and wants TLS ({@code DOCKER_TLS_VERIFY},
 * {@code DOCKER_CERT_PATH}): buildx makes no container there, it wants a context to keep the certificates in.
 *
 * <p>Its name follows from the builder's, so that whoever removes the builder, in whatever process, finds it.
 */
final class TlsContext {
    private static final String PREFIX = "buildkit-ci-tls-";

    private final DockerCli docker;
    private final BuilderStore store;

    TlsContext(DockerCli docker, BuilderStore store) {
        this.docker = docker;
        this.store = store;
    }

    static String of(String builder) {
        return PREFIX + builder;
    }

    /** Whether buildx would refuse the builder for want of a context. Without a docker program it says so itself. */
    boolean isNeeded(BuilderSpec spec) {
        return spec.driver() == Driver.DOCKER_CONTAINER
                && spec.nodes().stream().anyMatch(n -> n.endpoint().isEmpty())
                && store.reachesTheEngineByTls()
                && docker.isThere();
    }

    /** The same builder, on the context where it names no endpoint. */
    static BuilderSpec bind(BuilderSpec spec, String builder) {
        List<NodeSpec> nodes = spec.nodes().stream()
                .map(n -> n.endpoint().isPresent()
                        ? n
                        : new NodeSpec(
                                n.name(), Optional.of(of(builder)), n.platforms(), n.driverOpts(), n.buildkitdFlags()))
                .toList();
        return new BuilderSpec(spec.name(), spec.driver(), nodes, spec.buildkitdConfig(), spec.use(), spec.bootstrap());
    }

    /** Makes it from the environment of now; one that is left from before may hold certificates of before. */
    Optional<BuilderFailure> make(String builder) throws InterruptedException {
        if (isThere(builder)) {
            docker.run(remove(builder));
        }
        Captured said = docker.run(List.of("context", "create", of(builder)));
        return said.succeeded() ? Optional.empty() : Optional.of(notMade(said));
    }

    private static BuilderFailure notMade(Captured said) {
        BuilderFailure failure = BuilderFailure.of(
                said, Reason.NO_ENGINE, "no Docker context can be made for the engine's certificates");
        return new BuilderFailure(
                failure.reason(),
                failure.text(),
                "check DOCKER_HOST and the files in DOCKER_CERT_PATH, and that docker may write where it keeps contexts",
                failure.evidence());
    }

    boolean isThere(String builder) {
        return store.hasContext(of(builder));
    }

    /** It, where it is there. */
    List<String> left(String builder) {
        return isThere(builder) ? List.of("context " + of(builder)) : List.of();
    }

    /** Removes it where it is there; what is left is returned. */
    List<String> sweep(String builder) throws InterruptedException {
        if (!isThere(builder)) {
            return List.of();
        }
        boolean gone = docker.isThere() && docker.run(remove(builder)).succeeded();
        return gone ? List.of() : left(builder);
    }

    private static List<String> remove(String builder) {
        return List.of("context", "rm", "--force", of(builder));
    }
}
