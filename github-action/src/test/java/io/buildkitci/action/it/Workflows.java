package io.buildkitci.action.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The workflows of this repository: those that it runs itself, those for users, and the one of the README. */
final class Workflows {
    static final Path ROOT = Path.of(System.getProperty("buildkitci.root", ".."))
            .toAbsolutePath()
            .normalize();

    private static final Pattern IN_README =
            Pattern.compile("```yaml\\n(# \\.github/workflows/.*?)```", Pattern.DOTALL);

    private Workflows() {}

    /** What stands in a file, or in a part of it. */
    record Workflow(Path file, String text) {
        String name() {
            return file.getFileName().toString();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static Workflow readme() throws IOException {
        Path file = ROOT.resolve("README.md");
        Matcher matcher = IN_README.matcher(Files.readString(file));
        if (!matcher.find()) {
            throw new AssertionError("the README shows no workflow");
        }
        return new Workflow(file, matcher.group(1));
    }

    static Workflow example(String name) throws IOException {
        return read(ROOT.resolve("examples/workflows").resolve(name + ".yml"));
    }

    static List<Workflow> ours() throws IOException {
        return in(ROOT.resolve(".github/workflows"));
    }

    static List<Workflow> forUsers() throws IOException {
        List<Workflow> all = new ArrayList<>(in(ROOT.resolve("examples/workflows")));
        all.add(readme());
        return all;
    }

    private static List<Workflow> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Workflow> workflows = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                workflows.add(read(file));
            }
            return workflows;
        }
    }

    private static Workflow read(Path file) throws IOException {
        return new Workflow(file, Files.readString(file));
    }
}
