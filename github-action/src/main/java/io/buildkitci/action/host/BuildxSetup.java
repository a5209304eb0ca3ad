package io.buildkitci.action.host;

import io.buildkitci.builder.BuildxCli;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.daemon.BuildkitPrograms;
import io.buildkitci.failure.Blame;
import io.buildkitci.install.CliPlugin;
import io.buildkitci.install.InstallFailure;
import io.buildkitci.install.Installation;
import io.buildkitci.install.Installer;
import io.buildkitci.install.Packages;
import io.buildkitci.install.Source;
import io.buildkitci.install.Tool;
import io.buildkitci.install.ToolCache;
import io.buildkitci.model.InstallSource;
import io.buildkitci.model.ToolVersion;
import io.buildkitci.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sees to it that there is the buildx, or the BuildKit, that is asked for: what is there, or what is got now. */
public final class BuildxSetup {
    private final Host host;
    private final Consumer<String> log;
    private final Path cache;

    /**
     * @param log told what is fetched from where
     * @param temporary where it is kept instead of the tool cache, if it is not to outlive the job
     */
    public BuildxSetup(Host host, Consumer<String> log, Optional<Path> temporary) {
        this.host = host;
        this.log = log;
        this.cache = temporary.isPresent()
                ? temporary.get().resolve("buildkit-ci")
                : ToolCache.place(host.environment(), host.clients().home());
    }

    /** What came of it. */
    public sealed interface Answer {}

    /**
     * There is one.
     *
     * @param host where the steps' programs are these
     * @param place of what was asked for: a program, or the folder of several; empty where what was there already, or a
     *     package, is taken
     * @param variable by which later steps are told of it
     */
    public record Ready(Host host, Optional<Path> place, String variable) implements Answer {
        static Ready asIs(Host host) {
            return new Ready(host, Optional.empty(), "");
        }

        static Ready at(Host host, Path place, String variable) {
            return new Ready(host.with(variable, place.toString()), Optional.of(place), variable);
        }
    }

    /** There is none, or not the one that was asked for. */
    public record Failed(InstallFailure failure) implements Answer {}

    /**
     * Fetches what is not there. A program that a person named is taken at their word, even if it is not there.
     *
     * @param version empty for whatever is there
     * @param plugin whether what is fetched becomes this user's plugin of docker, in the place of one that is there
     */
    public Answer get(Optional<ToolVersion> version, InstallSource from, boolean plugin) throws InterruptedException {
        boolean named = host.buildxProgram().isPresent();
        if (version.isEmpty() && (named || isFound())) {
            return Ready.asIs(host);
        }
        Optional<String> there = version();
        if (there.isPresent() && (version.isEmpty() || Installer.isWanted(Tool.BUILDX, version.get(), there.get()))) {
            return Ready.asIs(host);
        }
        if (from instanceof InstallSource.Packages) {
            return ofPackages();
        }
        Installation installation = new Installer(
                        host.installs(), cache, host.tools().platform(), log)
                .install(Tool.BUILDX, version, source(from, host));
        if (installation instanceof Installation.Failed failed) {
            return new Failed(failed.failure());
        }
        Installation.Installed installed = (Installation.Installed) installation;
        return taken(installed, plugin || there.isEmpty());
    }

    /** The same for BuildKit itself, with which one builds without Docker. */
    public Answer buildkit(Optional<ToolVersion> version, InstallSource from) throws InterruptedException {
        boolean there = new BuildkitPrograms(host.tools().files(), host.clients())
                .buildctl()
                .isPresent();
        boolean named = host.variable(Host.BUILDKIT).filter(v -> !v.isBlank()).isPresent();
        if (version.isEmpty() && (named || there)) {
            return Ready.asIs(host);
        }
        if (from instanceof InstallSource.Packages) {
            return new Failed(new InstallFailure(
                    InstallFailure.Reason.NOT_PUBLISHED,
                    "BuildKit is not taken from packages, which few distributions have",
                    "take it from releases or a mirror"));
        }
        Installation installation = new Installer(
                        host.installs(), cache, host.tools().platform(), log)
                .install(Tool.BUILDKIT, version, source(from, host));
        if (installation instanceof Installation.Failed failed) {
            return new Failed(failed.failure());
        }
        Installation.Installed installed = (Installation.Installed) installation;
        tell(installed);
        Path bin = Optional.ofNullable(installed.program().getParent()).orElse(installed.folder());
        return Ready.at(host, bin, Host.BUILDKIT);
    }

    private void tell(Installation.Installed installed) {
        log.accept(installed.release().title() + (installed.fetched() ? " fetched" : " found") + " and verified in "
                + installed.folder());
    }

    /** Whether there is a program of its own; that docker has a plugin is known only when it is asked. */
    private boolean isFound() {
        BuildxFinder finder = new BuildxFinder(host.tools().files(), host.clients());
        return finder.find(host.buildxProgram()) instanceof BuildxFinder.Found found
                && !finder.docker()
                        .map(Path::toString)
                        .equals(Optional.of(found.command().get(0)));
    }

    /** What the buildx that is there says it is; empty text for one that does not know, and empty for none. */
    private Optional<String> version() throws InterruptedException {
        BuildxFinder finder = new BuildxFinder(host.tools().files(), host.clients());
        if (finder.find(host.buildxProgram()) instanceof BuildxFinder.Found found
                && new BuildxCli(host.tools().processes(), found.command(), Map.of()).version()
                        instanceof BuildxCli.Usable usable) {
            return Optional.of(usable.buildx().version().map(Version::render).orElse(""));
        }
        return Optional.empty();
    }

    private Answer ofPackages() throws InterruptedException {
        Packages.Installed installed =
                new Packages(host.tools().files(), host.tools().processes()).buildx(this::isFound);
        installed.log().forEach(log);
        return installed.complete()
                ? Ready.asIs(host)
                : new Failed(new InstallFailure(
                        InstallFailure.Reason.NOT_PUBLISHED,
                        "no package of this distribution brought buildx",
                        "install it from its releases"));
    }

    private Answer taken(Installation.Installed installed, boolean plugin) throws InterruptedException {
        tell(installed);
        Path program = installed.program();
        if (plugin) {
            try {
                Path plugged = new CliPlugin(
                                host.installs().binaries(), host.tools().files())
                        .install(program, host.clients().dockerConfig());
                log.accept("made it docker's plugin " + plugged);
            } catch (IOException e) {
                log.accept("it is not made a plugin of docker: " + e.getMessage());
            }
        }
        return Ready.at(host, program, Host.BUILDX);
    }

    /** Where releases come from, with the token of the environment for GitHub. */
    static Source source(InstallSource from, Host host) {
        return from instanceof InstallSource.Mirror mirror
                ? Source.mirror(mirror.address())
                : Source.github(host.variable("GITHUB_TOKEN").filter(token -> !token.isBlank()));
    }

    /** Whose fault a failure is. */
    public static Blame blame(InstallFailure failure) {
        return switch (failure.reason()) {
            case UNREACHABLE, RATE_LIMITED, NOT_TRUSTED -> Blame.UPSTREAM;
            case NOT_PUBLISHED, NOT_KEPT -> Blame.ENVIRONMENT;
        };
    }

    /** A failure as lines for a person. */
    public static List<String> render(InstallFailure failure) {
        return List.of(failure.text(), "  -> " + failure.advice());
    }
}
