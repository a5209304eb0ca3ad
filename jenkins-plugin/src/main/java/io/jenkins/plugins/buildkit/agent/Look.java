package io.jenkins.plugins.buildkit.agent;

import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import io.buildkitci.builder.ClientEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Looks at an agent whose own JVM sees what the step's processes see, in one round trip. It leaves there what nobody needs:
 * credentials in configuration files, drivers' options, certificates.
 *
 * @param environment the step's
 * @param beside where Jenkins' plugins keep private files of the workspace
 * @param paths from the workspace on, that somebody will ask about
 */
record Look(TreeMap<String, String> environment, String beside, ArrayList<String> paths)
        implements ControllerToAgentFileCallable<String[]> {
    private static final Path EMULATORS = Path.of("/proc/sys/fs/binfmt_misc");

    Look(Map<String, String> environment, String beside, List<String> paths) {
        this(new TreeMap<>(environment), beside, new ArrayList<>(paths));
    }

    @Override
    public String[] invoke(File workspace, VirtualChannel channel) {
        EnvVars seen = new EnvVars(EnvVars.masterEnvVars);
        seen.overrideAll(environment);
        String os = System.getProperty("os.name", "");
        PersonsBuilders.keep(seen, EnvVars.masterEnvVars, home(seen, os), Path.of(beside));
        ClientEnvironment clients = ClientEnvironment.from(seen, home(seen, os), ClientEnvironment.Os.parse(os));
        Told told = new Told();
        told.tell(Sight.OS, "", Optional.of(os));
        told.tell(Sight.ARCHITECTURE, "", Optional.of(System.getProperty("os.arch", "")));
        told.tell(Sight.HOME, "", Optional.of(clients.home().toString()));
        told.tellVariables(seen, environment);
        told.tellPrograms(clients, seen.get(Agent.PROGRAM, ""));
        told.tellBuilders(clients);
        told.tellFilesOf(EMULATORS);
        for (String path : paths) {
            told.tellPath(path, (new File(path).isAbsolute() ? new File(path) : new File(workspace, path)).toPath());
        }
        return told.triples();
    }

    private static Path home(EnvVars seen, String os) {
        boolean windows = ClientEnvironment.Os.parse(os) == ClientEnvironment.Os.WINDOWS;
        String home = seen.get(windows ? "USERPROFILE" : "HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home);
    }
}
