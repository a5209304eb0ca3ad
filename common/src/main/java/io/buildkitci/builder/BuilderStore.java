package io.buildkitci.builder;

import io.buildkitci.json.PlainJson;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.process.HostFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files in which buildx remembers its builders: readable in under a millisecond where asking buildx starts a process.
 *
 * <p>Their form is buildx's own business, so they are only ever a short cut: whatever is missing or not understood is an
 * empty answer, and buildx is asked. See ADR 0005.
 */
public final class BuilderStore {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]*");
    private static final String DEFAULT = "default";

    private final HostFiles files;
    private final ClientEnvironment environment;

    public BuilderStore(HostFiles files, ClientEnvironment environment) {
        this.files = files;
        this.environment = environment;
    }

    HostFiles files() {
        return files;
    }

    /** A builder as remembered: the driver in buildx's word. */
    record Stored(String name, String driver, List<StoredNode> nodes) {
        Stored {
            nodes = List.copyOf(nodes);
        }
    }

    /** One of its nodes. */
    record StoredNode(String name, String endpoint) {
        /** The container that the docker-container driver runs it in. */
        String container() {
            return "buildx_buildkit_" + name;
        }
    }

    /** Whether buildx takes it for a builder's name; it keeps them in lower case. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The driver of a builder, or of the current one; empty when buildx has to be asked. */
    public Optional<Driver> driverOf(Optional<String> name) {
        Optional<String> builder = name.or(this::current);
        if (builder.isEmpty()) {
            return Optional.empty();
        }
        if (builder.get().equals(DEFAULT) || builder.get().equals(context())) {
            boolean podman = endpoint().filter(EngineEndpoint::isPodman).isPresent();
            return podman ? Optional.empty() : Optional.of(Driver.DOCKER);
        }
        return read(builder.get()).flatMap(BuilderStore::driver);
    }

    /**
     * Where buildctl reaches a builder's daemon: that of a remote builder, or of a docker-container builder on the engine
     * that is talked to now. Empty for builders of several nodes and of other drivers.
     */
    public Optional<DaemonAddress> addressOf(String name) {
        if (!isName(name)) {
            return Optional.empty();
        }
        PlainJson builder = json(instance(name));
        List<PlainJson> nodes = builder.objects("Nodes");
        if (nodes.size() != 1) {
            return Optional.empty();
        }
        PlainJson node = nodes.get(0);
        PlainJson options = node.object("DriverOpts");
        if (builder.text("Driver").equals(Driver.REMOTE.render())) {
            DaemonAddress.Tls tls = new DaemonAddress.Tls(
                    some(options, "cacert"), some(options, "cert"), some(options, "key"), some(options, "servername"));
            return Optional.of(new DaemonAddress(node.text("Endpoint"), tls));
        }
        boolean here =
                node.text("Endpoint").equals(context()) || node.text("Endpoint").equals(engine());
        return builder.text("Driver").equals(Driver.DOCKER_CONTAINER.render()) && here
                ? Optional.of(
                        DaemonAddress.of("docker-container://" + new StoredNode(node.text("Name"), "").container()))
                : Optional.empty();
    }

    private static Optional<String> some(PlainJson json, String field) {
        return Optional.of(json.text(field)).filter(text -> !text.isEmpty());
    }

    /** The builder that is taken when none is named; empty when buildx has to be asked. */
    public Optional<String> current() {
        if (environment.builder().isPresent()) {
            return environment.builder();
        }
        Optional<String> selected = selected();
        if (selected.isPresent()) {
            return selected;
        }
        boolean perContext =
                !files.list(environment.buildxConfig().resolve("defaults")).isEmpty();
        return perContext ? Optional.empty() : Optional.of(context());
    }

    /** The builder that {@code buildx use} selected, if it exists and counts for the engine that is talked to. */
    Optional<String> selected() {
        PlainJson current = json(environment.buildxConfig().resolve("current"));
        String name = current.text("Name");
        return counts(current) && !name.isEmpty() && read(name).isPresent() ? Optional.of(name) : Optional.empty();
    }

    /**
     * The builder that a build without a name is for, though it be gone: buildx keeps the selection, and builds with the
     * engine's own then.
     */
    public Optional<String> asked() {
        PlainJson current = json(environment.buildxConfig().resolve("current"));
        return environment
                .builder()
                .or(() -> Optional.of(current.text("Name")).filter(name -> counts(current) && !name.isEmpty()));
    }

    private boolean counts(PlainJson current) {
        return current.isTrue("Global") || current.text("Key").equals(engine());
    }

    /** Tells one builder from another of the same name; empty for one that buildx does not remember. */
    public Optional<String> mark(String name) {
        return isName(name) ? files.read(instance(name)).map(BuilderStore::sha256) : Optional.empty();
    }

    /** The Docker context that is talked to; {@code DOCKER_HOST} stands for the default one. */
    public String context() {
        if (environment.dockerHost().isPresent()) {
            return DEFAULT;
        }
        return environment.dockerContext().orElseGet(() -> {
            String chosen =
                    json(environment.dockerConfig().resolve("config.json")).text("currentContext");
            return chosen.isEmpty() ? DEFAULT : chosen;
        });
    }

    /** Whether the engine is the one that variables name, with certificates that they name: no context has them. */
    boolean reachesTheEngineByTls() {
        return environment.tls() && context().equals(DEFAULT);
    }

    /** Whether a builder of that name is an engine's own. */
    public boolean isContext(String name) {
        return name.equals(DEFAULT) || name.equals(context()) || hasContext(name);
    }

    /** Whether there is a Docker context of that name; docker files them under the SHA-256 of it. */
    boolean hasContext(String name) {
        return files.read(metadata(name)).isPresent();
    }

    private Path metadata(String context) {
        Path contexts = environment.dockerConfig().resolve("contexts").resolve("meta");
        return contexts.resolve(sha256(context)).resolve("meta.json");
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Where the engine that is talked to is reached; empty for a context that is not understood. */
    public Optional<EngineEndpoint> endpoint() {
        String context = context();
        Optional<String> address = context.equals(DEFAULT)
                ? Optional.of(engine())
                : files.read(metadata(context))
                        .map(PlainJson::parse)
                        .map(meta -> meta.object("Endpoints").object("docker").text("Host"))
                        .filter(host -> !host.isEmpty());
        return address.map(EngineEndpoint::new);
    }

    /** Whether the engine that is talked to has another kernel and other files than this machine. */
    public boolean engineIsElsewhere() {
        return endpoint().filter(EngineEndpoint::elsewhere).isPresent();
    }

    /** What buildx files a selection under: the context, or the default one's address. */
    private String engine() {
        String context = context();
        if (!context.equals(DEFAULT)) {
            return context;
        }
        return environment
                .dockerHost()
                .orElse(
                        environment.os() == ClientEnvironment.Os.WINDOWS
                                ? "npipe:////./pipe/docker_engine"
                                : "unix:///var/run/docker.sock");
    }

    Optional<Stored> read(String name) {
        if (!isName(name)) {
            return Optional.empty();
        }
        PlainJson builder = json(instance(name));
        String driver = builder.text("Driver");
        if (driver.isEmpty()) {
            return Optional.empty();
        }
        List<StoredNode> nodes = builder.objects("Nodes").stream()
                .map(node -> new StoredNode(node.text("Name"), node.text("Endpoint")))
                .toList();
        return Optional.of(new Stored(name.toLowerCase(Locale.ROOT), driver, nodes));
    }

    private static Optional<Driver> driver(Stored stored) {
        try {
            return Optional.of(Driver.parse(stored.driver()));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private Path instance(String name) {
        return instance(environment.buildxConfig(), name);
    }

    private static Path instance(Path buildxConfig, String name) {
        return buildxConfig.resolve("instances").resolve(name.toLowerCase(Locale.ROOT));
    }

    /** Buildx's file of a builder in some {@link ClientEnvironment#place}, if there is one; empty for what is none. */
    static Optional<Path> rememberedAt(String place, String name) {
        int end = place.lastIndexOf(' ');
        return end > 0 && isName(name)
                ? Optional.of(instance(Path.of(place.substring(0, end)), name))
                : Optional.empty();
    }

    private PlainJson json(Path file) {
        return PlainJson.parse(files.read(file).orElse(""));
    }
}
