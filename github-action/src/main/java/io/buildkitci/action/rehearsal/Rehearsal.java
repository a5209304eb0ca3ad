package io.buildkitci.action.rehearsal;

import io.buildkitci.action.host.Host;
import io.buildkitci.failure.Blame;
import io.buildkitci.process.Command;
import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Goes through whole steps in this process, so that a JVM which is told to can archive the classes that they load. It
 * prints nothing, needs neither buildx nor network, and writes to one private directory only, which is gone in the end.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** A step to go through. */
    @FunctionalInterface
    public interface Part {
        /** @return its exit code */
        int play(Stage stage) throws InterruptedException;
    }

    /**
     * @param host what is used of this machine: its files and private directories
     * @return 0 when every part came to a good end
     */
    public static int of(Host host, List<Part> parts) throws IOException, InterruptedException {
        startOneProgram(host);
        int code = Blame.BUILT;
        for (Part part : parts) {
            try (Workspace workspace = host.tools().workspaces().open()) {
                int ended = part.play(Stage.in(workspace.path(), host));
                code = ended == Blame.BUILT ? code : Blame.OURS.exitCode();
            }
        }
        return code;
    }

    /** Programs are only replayed on the stage, so one is really run: this Java, which is there for sure. */
    private static void startOneProgram(Host host) throws InterruptedException {
        host.tools().processes().capture(Command.of(java().toString(), "-version"));
    }

    /** The program that this process runs; named {@code java.exe} on Windows, where it is found without the ending too. */
    static Path java() {
        return Path.of(System.getProperty("java.home", ""), "bin", "java");
    }
}
