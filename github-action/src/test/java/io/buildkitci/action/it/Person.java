package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody on this machine who is not root: with a name, ranges of ids for user namespaces unless the test says otherwise,
 * and a folder with the programs. Only what is started as this person knows of them; the machine's own files stay as they
 * are.
 */
final class Person {
    private static final String ID = "4242";

    private static final String BECOME = """
            mount --bind "$1/passwd" /etc/passwd && mount --bind "$1/ranges" /etc/subuid &&
            mount --bind "$1/ranges" /etc/subgid && shift && exec setpriv "$@"
            """;

    private final Path folder;
    private final List<String> privileges =
            new ArrayList<>(List.of("--reuid=" + ID, "--regid=" + ID, "--clear-groups"));

    /** @param folder that is the person's from now on, with all that is in it */
    Person(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Files.writeString(
                folder.resolve("passwd"),
                Files.readString(Path.of("/etc/passwd")) + "its:x:%s:%s::/:/bin/sh\n".formatted(ID, ID));
        Files.writeString(folder.resolve("ranges"), "its:200000:65536\n");
        Files.createDirectories(programs());
        for (Path program : List.of(CommandLine.JAR, TESTBED.buildkitd(), TESTBED.buildctl(), TESTBED.rootlesskit())) {
            Files.copy(program, programs().resolve(program.getFileName()));
        }
        int exit = new ProcessBuilder("chown", "--recursive", ID + ":" + ID, folder.toString())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("only root can be somebody else: chown ended with " + exit);
        }
    }

    /** Where BuildKit's programs are that this person may read. */
    Path programs() {
        return folder.resolve("programs");
    }

    Person withoutRanges() throws IOException {
        Files.writeString(folder.resolve("ranges"), "");
        return this;
    }

    /** From now on setuid programs get nothing by it. */
    Person withoutNewPrivileges() {
        privileges.add("--no-new-privs");
        return this;
    }

    /** What to start so that this runs as the person. */
    List<String> running(List<String> argv) {
        List<String> all =
                new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", BECOME, "become", folder.toString()));
        all.addAll(privileges);
        String jar = CommandLine.JAR.toString();
        String own = programs().resolve(CommandLine.JAR.getFileName()).toString();
        argv.forEach(argument -> all.add(argument.equals(jar) ? own : argument));
        return all;
    }
}
