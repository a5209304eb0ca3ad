package io.buildkitci.action.dropin;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs every row of a table through the peer's own release and tells where the table is wrong. Not part of the build:
 * it needs Node and a check-out of the release, {@code action.yml} and {@code dist/index.cjs}.
 *
 * <pre>{@code java -cp … io.buildkitci.action.dropin.PeerCheck build-push /tmp/build-push-action}</pre>
 */
final class PeerCheck {
    /** Writes down each call; answers as buildx and Docker would where the peers look at the answer. */
    private static final String DOCKER = """
            #!/bin/bash
            [ $# -gt 0 ] && printf '%s\\0' "$@" > "$CALLS/$(printf %04d $(ls "$CALLS" | wc -l))"
            case "$1 $2" in
                'buildx version') echo "github.com/docker/buildx $BUILDX 0123456" ;;
                'buildx inspect')
                    if [ "$3" = --bootstrap ] || [ -e "$CALLS/../made" ] || [ -n "$INSPECT_ALWAYS" ]; then
                        cat "$CALLS/../inspect"
                    else
                        echo "ERROR: no builder found" >&2; exit 1
                    fi ;;
                'save -o') touch "$3" ;;
                'buildx create') touch "$CALLS/../made" ;;
                'context inspect') echo default ;;
                'run --rm') echo '{"supported":["linux/amd64"],"emulators":[]}' ;;
            esac
            """;

    private final String step;
    private final Path peer;
    private final PrintStream out = System.out;

    private PeerCheck(String step, Path peer) {
        this.step = step;
        this.peer = peer;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        PeerCheck check = new PeerCheck(arguments[0], Path.of(arguments[1]));
        int wrong = 0;
        List<Row> rows = Row.of(arguments[0]);
        for (Row row : rows) {
            wrong += check.agrees(row) ? 0 : 1;
        }
        check.out.println(rows.size() + " rows, " + wrong + " of them not as the peer does it");
        System.exit(wrong == 0 ? 0 : 1);
    }

    private boolean agrees(Row row) throws IOException, InterruptedException {
        Path place = Files.createTempDirectory("peer-check-");
        int status = run(row, place);
        List<String> expected = Meaning.ofItems(row.peer());
        List<String> actual = meaning(place);
        boolean refused = status != 0 && actual.isEmpty();
        if (row.fails().isPresent() ? refused : status == 0 && actual.equals(expected)) {
            return true;
        }
        out.println(row.name() + " (status " + status + ", " + place + ")");
        Meaning.without(expected, actual).forEach(line -> out.println("  the table only: " + line));
        Meaning.without(actual, expected).forEach(line -> out.println("  the peer only:  " + line));
        return false;
    }

    private int run(Row row, Path place) throws IOException, InterruptedException {
        Path work = Files.createDirectories(place.resolve("work"));
        for (String file :
                List.of("Dockerfile", "app/Dockerfile", "docker/prod.Dockerfile", "secret.txt", "kit.toml")) {
            Path path = work.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.equals("kit.toml") ? "debug = true\n" : "# " + file + "\n");
        }
        Path bin = Files.createDirectories(place.resolve("bin"));
        Files.createDirectories(place.resolve("calls"));
        Files.writeString(bin.resolve("docker"), DOCKER);
        Files.setPosixFilePermissions(bin.resolve("docker"), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(place.resolve("event.json"), row.job().event());
        Files.writeString(place.resolve("inspect"), String.join("\n", row.job().builder("default")));
        ProcessBuilder node =
                new ProcessBuilder("node", peer.resolve("dist/index.cjs").toString()).directory(work.toFile());
        node.environment().clear();
        node.environment().putAll(environment(row, place, bin));
        node.redirectErrorStream(true).redirectOutput(place.resolve("log").toFile());
        return node.start().waitFor();
    }

    private Map<String, String> environment(Row row, Path place, Path bin) throws IOException {
        Map<String, String> all = new TreeMap<>(row.job().environment());
        all.putAll(ActionYml.read(peer.resolve("action.yml")).variables(row.with()));
        all.put("PATH", bin + ":" + System.getenv("PATH"));
        all.put("HOME", place.toString());
        all.put("CALLS", place.resolve("calls").toString());
        all.put("BUILDX", row.job().buildx());
        all.put("INSPECT_ALWAYS", step.equals("build-push") ? "1" : "");
        all.put("RUNNER_TEMP", place.resolve("temp").toString());
        all.put("RUNNER_TOOL_CACHE", place.resolve("tools").toString());
        all.put("GITHUB_EVENT_PATH", place.resolve("event.json").toString());
        for (String file : List.of("GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_ENV", "GITHUB_PATH")) {
            all.put(file, Files.writeString(place.resolve(file), "").toString());
        }
        return all;
    }

    private List<String> meaning(Path place) throws IOException {
        Meaning meaning = new Meaning(new Carried(place));
        List<String> all = new ArrayList<>();
        int nodes = 0;
        for (List<String> call : calls(place.resolve("calls"))) {
            if (isOfThisStep(call)) {
                String node = step.equals("create-builder") && ++nodes > 1 ? "node " + nodes + " " : "";
                List<String> flags = call.subList(step.equals("setup-qemu") ? 3 : 2, call.size());
                meaning.of(flags).forEach(flag -> all.add(node + flag));
            }
        }
        return (step.equals("setup-qemu") ? all.stream().distinct() : all.stream())
                .sorted()
                .toList();
    }

    private boolean isOfThisStep(List<String> call) {
        String line = String.join(" ", call);
        return switch (step) {
            case "build-push" -> line.startsWith("buildx build ");
            case "create-builder" -> line.startsWith("buildx create ");
            case "setup-qemu" -> line.matches("run --rm --privileged \\S+ --(un)?install .*");
            default -> throw new IllegalArgumentException(step);
        };
    }

    /** The peer moves secrets, configurations and certificates into files of its own. */
    private record Carried(Path place) implements Meaning.Carried {
        @Override
        public Optional<String> secret(Map<String, String> attributes) {
            return Optional.ofNullable(attributes.get("src"))
                    .filter(file -> Path.of(file).startsWith(place.resolve("temp")))
                    .map(Path::of)
                    .map(PeerCheck::read);
        }

        @Override
        public Optional<String> file(String path) {
            return Optional.of(path)
                    .filter(p -> p.startsWith(place + "/"))
                    .map(Path::of)
                    .map(PeerCheck::read);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<List<String>> calls(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted()
                    .map(file -> Stream.of(read(file).split("\0", -1)).toList())
                    .map(words -> words.subList(0, words.size() - 1))
                    .toList();
        }
    }
}
