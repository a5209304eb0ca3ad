package io.buildkitci.action.host;

import io.buildkitci.builder.Removal;
import io.buildkitci.report.FailureText;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What killed runs of this user left on this machine: private directories, with clients that run on and half-written results;
 * builders that they were making; daemons of single builds. What a living process uses, and what somebody else made, is
 * never among it.
 */
public final class LeftBehind {
    private final Host host;
    private final HostWords words;
    private final BuilderClients builders;

    public LeftBehind(Host host, HostWords words) {
        this.host = host;
        this.words = words;
        this.builders = BuilderClients.of(host, words);
    }

    /**
     * What came of looking or removing, a line each.
     *
     * @param things that were found, or are removed
     * @param troubles what could not be looked for or removed, and why
     */
    public record Found(List<String> things, List<String> troubles) {
        public Found {
            things = List.copyOf(things);
            troubles = List.copyOf(troubles);
        }
    }

    /** Changes nothing. */
    public Found look() {
        List<String> troubles = new ArrayList<>();
        List<Path> directories = directories(troubles);
        List<String> things = new ArrayList<>(named(directories));
        builders.leftBehind(directories).forEach(name -> things.add("builder " + name));
        return new Found(things, troubles);
    }

    public Found remove() throws InterruptedException {
        List<String> troubles = new ArrayList<>();
        List<Path> directories = directories(troubles);
        try {
            host.tools().workspaces().open().close();
        } catch (IOException e) {
            troubles.add(e.getMessage());
        }
        List<Path> still = directories(troubles);
        still.forEach(directory -> troubles.add(directory + " was not removed"));
        directories.removeAll(still);
        List<String> things = new ArrayList<>(named(directories));
        for (Removal removal : builders.removeLeftBehind()) {
            add(removal, things, troubles);
        }
        return new Found(things, troubles);
    }

    private static List<String> named(List<Path> directories) {
        return directories.stream().map(path -> "private directory " + path).toList();
    }

    private void add(Removal removal, List<String> things, List<String> troubles) {
        if (removal instanceof Removal.Removed removed) {
            things.add("builder " + removed.name());
            removed.forced().forEach(things::add);
        } else if (removal instanceof Removal.Failed failed) {
            troubles.add(new FailureText(host.terminal().glyphs())
                    .untitled(failed.failure().told(words)));
            failed.left().forEach(left -> troubles.add("left: " + left));
        }
    }

    private List<Path> directories(List<String> troubles) {
        try {
            return new ArrayList<>(host.tools().workspaces().leftBehind());
        } catch (IOException e) {
            troubles.add(e.getMessage());
            return new ArrayList<>();
        }
    }
}
