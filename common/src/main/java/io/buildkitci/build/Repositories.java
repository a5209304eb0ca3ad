package io.buildkitci.build;

import io.buildkitci.model.BuildRequest.Source;
import io.buildkitci.plan.Capabilities.LocalSources;
import io.buildkitci.plan.Capabilities.Repository;
import io.buildkitci.plan.LocalDockerfile;
import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at a build's local sources as buildx does for the provenance: which are directories, and what git says of them. */
final class Repositories {
    private static final Duration PROMPTLY = Duration.ofSeconds(10);
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)([^/@:]+)(:[^/@]*)?(?=@)");

    private final ProcessRunner processes;
    private final HostFiles files;

    Repositories(ProcessRunner processes, HostFiles files) {
        this.processes = processes;
        this.files = files;
    }

    LocalSources look(Source source) throws InterruptedException {
        Set<String> directories = new HashSet<>();
        List<String> given = new ArrayList<>(List.of(source.context()));
        source.buildContexts().forEach(context -> given.add(context.value()));
        for (String context : given) {
            if (path(context).filter(files::isDirectory).isPresent()) {
                directories.add(context);
            }
        }
        if (!directories.contains(source.context())) {
            return new LocalSources(directories, Optional.empty());
        }
        List<String> sources = new ArrayList<>(given);
        sources.add(LocalDockerfile.of(source).directory());
        return new LocalSources(directories, repository(source.context(), sources));
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<Repository> repository(String directory, List<String> sources) throws InterruptedException {
        if (!insideOne(Path.of(directory))) {
            return Optional.empty();
        }
        List<String> said = git(directory, "rev-parse", "--show-toplevel", "HEAD", "--symbolic-full-name", "HEAD")
                .lines()
                .toList();
        if (said.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> revision = said.stream()
                .skip(1)
                .filter(line -> line.matches("[0-9a-f]{40,64}"))
                .findFirst();
        Optional<String> branch =
                said.stream().skip(1).filter(line -> line.startsWith("refs/")).findFirst();
        return Optional.of(new Repository(revision, remote(directory, branch), paths(Path.of(said.get(0)), sources)));
    }

    /** git is not called for nothing: most contexts in a test or a scratch directory lie in no repository. */
    private boolean insideOne(Path directory) {
        for (Path at = directory.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (files.isDirectory(git) || files.isReadable(git)) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> remote(String directory, Optional<String> branch) throws InterruptedException {
        String upstream = branch.isEmpty()
                ? ""
                : git(directory, "for-each-ref", "--format=%(upstream:remotename)", branch.get())
                        .strip();
        for (String name : Stream.of(upstream, "origin", "upstream")
                .filter(n -> !n.isEmpty())
                .distinct()
                .toList()) {
            String url = git(directory, "remote", "get-url", name)
                    .lines()
                    .findFirst()
                    .orElse("");
            if (!url.isEmpty()) {
                return Optional.of(withoutCredentials(url));
            }
        }
        return Optional.empty();
    }

    /** As buildx writes it: {@code https://xxxxx:xxxxx@host/path}. */
    static String withoutCredentials(String url) {
        return CREDENTIALS.matcher(url).replaceAll(found -> found.group(2) == null ? "xxxxx" : "xxxxx:xxxxx");
    }

    private static Map<String, String> paths(Path root, List<String> sources) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (String source : sources) {
            path(source)
                    .map(p -> p.toAbsolutePath().normalize())
                    .filter(p -> p.startsWith(root))
                    .ifPresent(p -> {
                        String relative = root.relativize(p).toString();
                        paths.put(source, relative.isEmpty() ? "." : relative);
                    });
        }
        return paths;
    }

    private String git(String directory, String... arguments) throws InterruptedException {
        List<String> argv = new ArrayList<>(List.of("git", "-C", directory));
        argv.addAll(List.of(arguments));
        Captured said = processes.capture(Command.of(argv).within(PROMPTLY));
        return said.succeeded() || arguments[0].equals("rev-parse") ? said.out() : "";
    }
}
