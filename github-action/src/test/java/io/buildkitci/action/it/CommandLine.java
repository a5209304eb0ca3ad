package io.buildkitci.action.it;

import io.buildkitci.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The shaded jar in a process of its own. Its environment is nothing but what is set here: configuration, home and
 * temporary directories are the test's own, and a person's never take part.
 */
final class CommandLine {
    static final Testbed TESTBED = Testbed.here();

    static final Path JAR = Path.of(System.getProperty("buildkitci.root", ".."))
            .resolve("github-action/target/buildkit-ci.jar")
            .toAbsolutePath();

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final List<String> QUICKER = quicker();

    private static final String HIDE = """
            for plugins in /usr/local/lib /usr/local/libexec /usr/lib /usr/libexec; do
              [ ! -d $plugins/docker/cli-plugins ] || mount --bind "$1" $plugins/docker/cli-plugins
            done
            shift && exec "$@"
            """;

    private final Path folder;
    private final Path directory;
    private final Map<String, String> environment;
    private final UnaryOperator<List<String>> starter;

    private CommandLine(
            Path folder, Path directory, Map<String, String> environment, UnaryOperator<List<String>> starter) {
        this.folder = folder;
        this.directory = directory;
        this.environment = environment;
        this.starter = starter;
    }

    /** What bin/buildkit-ci starts Java with, its archive of classes too. */
    private static List<String> quicker() {
        try {
            String maker =
                    JAR.resolve("../../../bin/lib/class-archive").normalize().toString();
            new ProcessBuilder(maker, JAVA.toString(), JAR.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<String> flags =
                new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-XX:-UsePerfData"));
        Path cache = JAR.resolveSibling("buildkit-ci.aot");
        Path archive = JAR.resolveSibling("buildkit-ci.jsa");
        if (Files.isReadable(cache)) {
            flags.add("-XX:AOTCache=" + cache);
        } else if (Files.isReadable(archive)) {
            flags.add("-XX:SharedArchiveFile=" + archive);
        }
        flags.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
        return flags;
    }

    /** One that keeps everything below this folder and uses this buildx. */
    static CommandLine in(Path folder, Path buildx) throws IOException {
        for (String name : List.of("home", "docker", "buildx", "tmp", "said", "work")) {
            Files.createDirectories(folder.resolve(name));
        }
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("TMPDIR", folder.resolve("tmp").toString());
        environment.put("DOCKER_CONFIG", folder.resolve("docker").toString());
        environment.put("BUILDX_CONFIG", folder.resolve("buildx").toString());
        environment.put("DOCKER_HOST", TESTBED.dockerHost());
        environment.put("BUILDKIT_CI_BUILDX", buildx.toString());
        environment.put(
                "BUILDKIT_CI_BUILDKIT",
                Objects.requireNonNull(TESTBED.buildkitd().getParent()).toString());
        environment.put("XDG_STATE_HOME", folder.resolve("home").toString());
        return new CommandLine(folder, folder.resolve("work"), environment, argv -> argv);
    }

    CommandLine with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new CommandLine(folder, directory, more, starter);
    }

    CommandLine inDirectory(Path other) {
        return new CommandLine(folder, other, environment, starter);
    }

    /** The same, run by somebody else, to whom its folder belongs from now on. */
    CommandLine as(Person person) {
        CommandLine own = with("BUILDKIT_CI_BUILDKIT", person.programs().toString());
        return new CommandLine(folder, directory, own.environment, person::running);
    }

    /** One that ends at once where its memory does, as if it were killed. */
    CommandLine withMemory(String largest) {
        return new CommandLine(folder, directory, environment, argv -> {
            List<String> words = new ArrayList<>(argv);
            words.addAll(words.indexOf("-jar"), List.of("-Xmx" + largest, "-XX:+ExitOnOutOfMemoryError"));
            return starter.apply(words);
        });
    }

    /** One that finds no buildx but what its path and its own folders have: those of the system are empty for it. */
    CommandLine withoutSystemPlugins() throws IOException {
        String empty = Files.createDirectories(folder.resolve("empty")).toString();
        return new CommandLine(folder, directory, with("BUILDKIT_CI_BUILDX", "").environment, argv -> {
            List<String> words = new ArrayList<>(List.of("unshare", "--mount", "sh", "-e", "-c", HIDE, "hide", empty));
            words.addAll(starter.apply(argv));
            return words;
        });
    }

    /** Where the process and what it starts put temporary files. */
    Path temporary() {
        return folder.resolve("tmp");
    }

    Path folder() {
        return folder;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    Said run(String... arguments) throws IOException, InterruptedException {
        try (Running running = start(arguments)) {
            return running.end();
        }
    }

    Running start(String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(argv());
        argv.addAll(List.of(arguments));
        return Running.start(starter.apply(argv), environment, directory, folder.resolve("said"));
    }

    private List<String> argv() {
        List<String> argv = new ArrayList<>(List.of(JAVA.toString()));
        argv.addAll(QUICKER);
        argv.addAll(List.of("-Djava.io.tmpdir=" + temporary(), "-jar", JAR.toString()));
        return argv;
    }

    /** Makes it a program of its own, for those who type its name. */
    void install(Path program) throws IOException {
        Files.createDirectories(Objects.requireNonNull(program.getParent()));
        Files.writeString(program, "#!/bin/sh\nexec '" + String.join("' '", argv()) + "' \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    /** Another program in the same environment, such as buildx itself. */
    Said program(Path program, String... arguments) throws IOException, InterruptedException {
        try (Running running = startProgram(program, arguments)) {
            return running.end();
        }
    }

    Running startProgram(Path program, String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(List.of(arguments));
        return Running.start(starter.apply(argv), environment, directory, folder.resolve("said"));
    }

    Said buildx(String... arguments) throws IOException, InterruptedException {
        return program(Path.of(environment.getOrDefault("BUILDKIT_CI_BUILDX", "")), arguments);
    }

    Said docker(String... arguments) throws IOException, InterruptedException {
        return program(TESTBED.dockerCli(), arguments);
    }

    /** A word that no other run has used, so that nothing comes from a cache by chance. */
    static String fresh() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
