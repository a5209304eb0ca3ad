package io.jenkins.plugins.buildkit.agent;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.slaves.WorkspaceList;
import io.buildkitci.build.Tools;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.ClientEnvironment.Os;
import io.buildkitci.docker.CliDockerEngine;
import io.buildkitci.input.Outside;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.Reachability;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.qemu.HostPlatform;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An agent as a step sees it: what the engine needs of it, found out by one look. Everything here can throw {@link
 * AgentGone}. On Windows all paths are written with slashes.
 */
public final class Agent {
    /** The variable that names the buildx binary to take instead of the one that would be found. */
    public static final String PROGRAM = "BUILDKIT_CI_BUILDX";

    private static final List<String> USUAL_PATHS = List.of(".", "./Dockerfile");

    private final String workspace;
    private final Sight sight;
    private final Tools tools;
    private final AgentWorkspaces workspaces;
    private final DockerConfig dockerConfig;
    private final boolean inside;

    private Agent(
            String workspace,
            Sight sight,
            Tools tools,
            AgentWorkspaces workspaces,
            DockerConfig dockerConfig,
            boolean inside) {
        this.workspace = workspace;
        this.sight = sight;
        this.tools = tools;
        this.workspaces = workspaces;
        this.dockerConfig = dockerConfig;
        this.inside = inside;
    }

    /** As {@link #of(FilePath, Launcher, EnvVars, List, Runs)}, for the usual context and this Jenkins' builds. */
    public static Agent of(FilePath workspace, Launcher launcher, EnvVars environment)
            throws IOException, InterruptedException {
        return of(workspace, launcher, environment, USUAL_PATHS, new RunsOfJenkins());
    }

    /**
     * Looks at an agent.
     *
     * @param workspace where the step's processes run
     * @param launcher the step's, decorated as it is
     * @param environment the step's
     * @param paths as the step's inputs have them, that checking the inputs will ask about
     * @param runs asked whether builds are over whose files are still there
     */
    public static Agent of(FilePath workspace, Launcher launcher, EnvVars environment, List<String> paths, Runs runs)
            throws IOException, InterruptedException {
        Launching looking = new Launching(launcher, workspace, environment);
        FilePath temporary = temporary(workspace);
        List<String> asked = paths.stream()
                .flatMap(p -> path(p).stream())
                .map(Path::toString)
                .toList();
        boolean inside = !isSeenByTheAgent(launcher);
        Sight sight = inside
                ? Sight.parse(LookInside.look(looking, temporary.getRemote(), asked), new EnvVars())
                : Sight.parse(List.of(workspace.act(new Look(environment, temporary.getRemote(), asked))), environment);
        Launching launching = new Launching(launcher, workspace, with(environment, keptBuilders(sight)));
        HostFiles files = new AgentFiles(workspace);
        if (inside) {
            files = new InsideFiles(launching, files, List.of(workspace.getRemote(), temporary.getRemote()));
        }
        AgentWorkspaces workspaces = new AgentWorkspaces(
                new Reach(workspace), slashed(temporary.getRemote(), sight), run(environment), runs);
        AgentProcesses processes = new AgentProcesses(launching, new Reach(workspace), sight.answers());
        HostFiles known = new KnownFiles(sight.answers(), files);
        Reachability reachability = inside ? new AgentReachability.Untried() : new AgentReachability(workspace);
        List<String> docker = List.of(new BuildxFinder(known, clients(sight))
                .docker()
                .map(Path::toString)
                .orElse("docker"));
        Tools tools = new Tools(
                HostPlatform.from(sight.os(), sight.architecture()),
                processes,
                known,
                workspaces,
                new CliDockerEngine(processes, docker),
                reachability,
                InstantSource.system());
        DockerConfig dockerConfig = new DockerConfig(
                workspace, clients(sight).dockerConfig(), inside ? Optional.of(files) : Optional.empty());
        return new Agent(workspace.getRemote(), sight, tools, workspaces, dockerConfig, inside);
    }

    private static Map<String, String> keptBuilders(Sight sight) {
        String kept = sight.environment().get(PersonsBuilders.VARIABLE, "");
        return kept.isEmpty() ? Map.of() : Map.of(PersonsBuilders.VARIABLE, kept);
    }

    private static EnvVars with(EnvVars environment, Map<String, String> further) {
        EnvVars all = new EnvVars(environment);
        all.putAll(further);
        return all;
    }

    /**
     * Where buildx finds the builders of the agent's person, as a variable: for processes that are not started with these
     * tools. Empty where it finds them by itself.
     */
    public Map<String, String> keptBuilders() {
        return keptBuilders(sight);
    }

    /** As Jenkins writes it; empty when it cannot be told. */
    private static String run(EnvVars environment) {
        String job = environment.get("JOB_NAME", "");
        String number = environment.get("BUILD_NUMBER", "");
        return job.isEmpty() || number.isEmpty() ? "" : job + "#" + number;
    }

    /** A launcher of any other class can start processes elsewhere, in a container for example. */
    private static boolean isSeenByTheAgent(Launcher launcher) {
        return !launcher.isUnix()
                || launcher.getClass() == Launcher.LocalLauncher.class
                || launcher.getClass() == Launcher.RemoteLauncher.class;
    }

    private static FilePath temporary(FilePath workspace) throws IOException {
        FilePath beside = WorkspaceList.tempDir(workspace);
        if (beside == null) {
            throw new IOException(
                    "the workspace " + workspace.getRemote() + " has no place beside it for private files");
        }
        return beside;
    }

    private static String slashed(String path, Sight sight) {
        return Os.parse(sight.os()) == Os.WINDOWS ? path.replace('\\', '/') : path;
    }

    private static ClientEnvironment clients(Sight sight) {
        EnvVars variables = new EnvVars(sight.environment());
        variables.replaceAll((name, value) -> slashed(value, sight));
        return ClientEnvironment.from(variables, Path.of(slashed(sight.home(), sight)), Os.parse(sight.os()));
    }

    /** Why no process can outlive its connection here; empty where one can, as far as can be told beforehand. */
    public Optional<String> obstacle() {
        if (!inside || Os.parse(sight.os()) != Os.LINUX) {
            return Optional.empty();
        }
        boolean there = Stream.of(sight.environment().get("PATH", "").split(":", -1))
                .flatMap(directory -> path(directory + "/nohup").stream())
                .anyMatch(tools.files()::isExecutable);
        return there
                ? Optional.empty()
                : Optional.of(
                        "this container has no program 'nohup', by which Jenkins starts what outlives a connection"
                                + "\n  -> add it to the container's image (coreutils, BusyBox), or build outside of the container");
    }

    /** What the engine does things with. */
    public Tools tools() {
        return tools;
    }

    /** Where the Docker clients of the step's processes are and what they talk to. */
    public ClientEnvironment clients() {
        return clients(sight);
    }

    /** The buildx binary that a person named instead of the one that would be found. */
    public Optional<Path> buildxProgram() {
        return variable(PROGRAM).filter(v -> !v.isEmpty()).flatMap(v -> path(slashed(v, sight)));
    }

    /** What checking inputs may know of it. */
    public Outside outside() {
        HostFiles files = tools.files();
        return new Outside(
                this::variable,
                on(files::isReadable),
                on(files::isDirectory),
                text -> path(text).flatMap(files::read));
    }

    private static Predicate<String> on(Predicate<Path> test) {
        return text -> path(text).filter(test).isPresent();
    }

    /** Empty for a text that no path can be. */
    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * A build context as buildx has to be told. It sends the name of the context's directory to BuildKit in a header that
     * takes ASCII only, and fails with any other name where BuildKit runs in a container of its own: a workspace that is
     * named after a job can have such a name, and is then called in another way. Files below are found by that name too.
     *
     * @param typed as the step's input has it
     */
    public String context(String typed) {
        Optional<String> asked =
                path(typed).map(p -> new FilePath(new FilePath(new File(workspace)), p.toString()).getRemote());
        boolean here = asked.equals(Optional.of(workspace));
        boolean ascii =
                workspace.substring(workspace.lastIndexOf('/') + 1).chars().allMatch(c -> c >= ' ' && c < 127);
        return here && !ascii && Os.parse(sight.os()) == Os.LINUX ? KnownFiles.HERE.toString() : typed;
    }

    /** Variables of the processes that the step starts; values can be secrets. */
    public Map<String, String> environment() {
        return Collections.unmodifiableMap(sight.environment());
    }

    /** Whatever is known of its files may have changed. */
    public void forget() {
        sight.answers().forget();
    }

    /**
     * Nobody has to ask for this file any more.
     *
     * @param text empty for a file that is not there
     */
    public void know(String file, Optional<String> text) {
        sight.answers().add(Answers.Kind.TEXT, file, text);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(sight.environment().get(name));
    }

    /**
     * A private directory that an earlier process made.
     *
     * @param path as {@link Workspace#path} was
     */
    public Workspace workspace(String path) {
        return workspaces.of(Path.of(path));
    }

    /**
     * Writes files that only their owner may read into a private directory; those that are there stay as they are.
     *
     * @param files by their names, without directories
     */
    public void keep(Workspace workspace, Map<String, byte[]> files) throws IOException {
        workspaces.keep(workspace.path(), files);
    }

    /**
     * Makes a changed copy of the Docker configuration that the step's processes have; again, it is left as it is. What
     * is secret in it stays on the agent, unless it lies in a container.
     *
     * @param workspace where it lies
     * @param change of {@code config.json}
     * @return variables by which the clients take it, and find their builders where they were
     */
    public Map<String, String> withDockerConfig(Workspace workspace, TextChange change) throws IOException {
        Path copy = dockerConfig.copy(workspace.path(), change);
        return Map.of(
                "DOCKER_CONFIG",
                slashed(copy.toString(), sight),
                "BUILDX_CONFIG",
                clients().buildxConfig().toString());
    }
}
