package io.buildkitci.testbed;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The real parts that integration tests talk to, as {@code testbed/up} wrote them down; never skips, always fails. */
public final class Testbed {
    private static final String ADVICE = "run testbed/up";

    private final Path file;
    private final Properties properties;

    private Testbed(Path file, Properties properties) {
        this.file = file;
        this.properties = properties;
    }

    /** The one of this checkout, whose root is the system property {@code buildkitci.root}. */
    public static Testbed here() {
        String root = System.getProperty("buildkitci.root");
        if (root == null) {
            throw new IllegalStateException("system property buildkitci.root is not set");
        }
        return in(Path.of(root));
    }

    static Testbed in(Path root) {
        Path file = root.resolve("testbed/testbed.properties");
        if (!Files.isReadable(file)) {
            throw new IllegalStateException("there is no " + file + ": " + ADVICE);
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Testbed(file, properties);
    }

    /** Address of the Docker Engine, for {@code DOCKER_HOST}. */
    public String dockerHost() {
        return value("docker.host");
    }

    public Path dockerCli() {
        return path("docker.cli");
    }

    public Path buildx() {
        return path("buildx");
    }

    /** The oldest buildx that we support. */
    public Path oldBuildx() {
        return path("buildx.old");
    }

    public Path buildkitd() {
        return path("buildkitd");
    }

    public Path buildctl() {
        return path("buildctl");
    }

    /** Where a standalone buildkitd listens. */
    public String buildkitAddress() {
        return value("buildkit.address");
    }

    /** Configuration that lets a buildkitd talk to the registry without TLS. */
    public Path buildkitdConfig() {
        return path("buildkitd.config");
    }

    /** Image for the docker-container driver. */
    public String buildkitImage() {
        return value("buildkit.image");
    }

    /** {@code localhost:port}. */
    public String registry() {
        return value("registry");
    }

    /** The program behind it, for registries of a test's own. */
    public Path registryProgram() {
        return path("registry.program");
    }

    /** A base image with a shell, for every platform that we know. */
    public String base() {
        return value("base");
    }

    /** Where the static QEMU binaries are. */
    public Path qemuDirectory() {
        return path("qemu.dir");
    }

    /** Runs GitHub workflows on this machine. */
    public Path act() {
        return path("act");
    }

    /** Checks GitHub workflows. */
    public Path actionlint() {
        return path("actionlint");
    }

    /** An S3 server. */
    public Path s3() {
        return path("store.s3");
    }

    /** A script for Node that serves Azure Blob Storage. */
    public Path azblob() {
        return path("store.azblob");
    }

    public Path rootlesskit() {
        return path("rootlesskit");
    }

    /** Any other key. */
    public String value(String key) {
        String value = properties.getProperty(key, "").strip();
        if (value.isEmpty()) {
            throw new IllegalStateException("the testbed lacks " + key + " in " + file + ": " + ADVICE);
        }
        return value;
    }

    private Path path(String key) {
        return Path.of(value(key));
    }
}
