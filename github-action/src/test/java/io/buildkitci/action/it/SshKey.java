package io.buildkitci.action.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A key made for one test, and a build that shows which keys a step is handed. */
record SshKey(Path file) {
    /** A step that lists them; {@link #addLister} puts what it runs into the context. */
    static final String LISTS_KEYS = """
            FROM BASE AS seen
            COPY . /
            RUN --mount=type=ssh echo %s && /usr/bin/ssh-add -L > /keys
            FROM scratch
            COPY --from=seen /keys /keys
            """;

    static SshKey in(Path folder, CommandLine with) throws IOException, InterruptedException {
        Path key = folder.resolve("key-" + CommandLine.fresh());
        Said made = with.program(
                Path.of("/usr/bin/ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-C", "it", "-f", key.toString());
        if (made.exit() != 0) {
            throw new AssertionError("no key: " + made);
        }
        return new SshKey(key);
    }

    /** A line of {@code ssh-add -L}. */
    String publicLine() throws IOException {
        return Files.readString(file.resolveSibling(file.getFileName() + ".pub"));
    }

    /** Without the comment, which a step may not get to see. */
    String publicKey() throws IOException {
        return publicLine().split(" ", -1)[1];
    }

    /** This machine's ssh-add and its libraries, where they are on this machine. */
    static void addLister(Path context, CommandLine with) throws IOException, InterruptedException {
        Said libraries = with.program(Path.of("/usr/bin/ldd"), "/usr/bin/ssh-add");
        List<String> files = Stream.concat(
                        Stream.of("/usr/bin/ssh-add"),
                        libraries
                                .out()
                                .lines()
                                .flatMap(line -> Stream.of(line.split("\\s+")))
                                .filter(word -> word.startsWith("/")))
                .toList();
        for (String file : files) {
            Path copy = context.resolve(file.substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of(file), copy);
        }
    }
}
