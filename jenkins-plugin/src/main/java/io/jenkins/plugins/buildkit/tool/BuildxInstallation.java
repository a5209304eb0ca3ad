package io.jenkins.plugins.buildkit.tool;

import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.EnvironmentSpecific;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.NodeSpecific;
import hudson.tools.ToolDescriptor;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolInstaller;
import hudson.tools.ToolProperty;
import hudson.util.FormValidation;
import io.buildkitci.builder.ClientEnvironment.Os;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;

/** A buildx that steps take by the name it is given in Jenkins' tools; its home is the folder with the program. */
public final class BuildxInstallation extends ToolInstallation
        implements EnvironmentSpecific<BuildxInstallation>, NodeSpecific<BuildxInstallation> {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public BuildxInstallation(
            String name, @Nullable String home, @Nullable List<? extends ToolProperty<?>> properties) {
        super(name, home, properties);
    }

    /**
     * The program of a tool on an agent, which is installed there if need be.
     *
     * @param name as Jenkins' tools have it
     * @param log of the build; told what is installed
     * @return its path on the agent; empty when there is no tool of that name
     * @throws IOException when it cannot be installed, or its home is not known on this agent; the message says why
     */
    public static Optional<String> program(String name, Node node, EnvVars environment, TaskListener log)
            throws IOException, InterruptedException {
        DescriptorImpl descriptor = ExtensionList.lookupSingleton(DescriptorImpl.class);
        Optional<BuildxInstallation> tool = Arrays.stream(descriptor.getInstallations())
                .filter(installation -> installation.getName().equals(name))
                .findFirst();
        return tool.isEmpty()
                ? Optional.empty()
                : Optional.of(tool.get()
                        .forNode(node, log)
                        .forEnvironment(environment)
                        .program(node));
    }

    private String program(Node node) throws IOException, InterruptedException {
        String home = getHome();
        FilePath folder = home == null || home.isBlank() ? null : node.createPath(home);
        if (folder == null) {
            throw new IOException("the tool '" + getName() + "' has no folder on " + node.getDisplayName()
                    + "; set its installation directory, or let it be installed");
        }
        for (String file : List.of("docker-buildx", "buildx")) {
            for (String suffix : List.of("", ".exe")) {
                FilePath program = folder.child(file + suffix);
                if (program.exists()) {
                    return program.getRemote();
                }
            }
        }
        throw new IOException("the tool '" + getName() + "' has no docker-buildx in " + folder.getRemote() + " on "
                + node.getDisplayName());
    }

    @Override
    public BuildxInstallation forEnvironment(EnvVars environment) {
        String home = getHome();
        return new BuildxInstallation(getName(), home == null ? null : environment.expand(home), List.of());
    }

    @Override
    public BuildxInstallation forNode(Node node, TaskListener log) throws IOException, InterruptedException {
        return new BuildxInstallation(getName(), translateFor(node, log), List.of());
    }

    @Override
    public void buildEnvVars(EnvVars env) {
        String home = getHome();
        if (home != null) {
            env.put("PATH+BUILDX", home);
        }
    }

    /** Its form, and those that are configured. */
    @Extension
    @Symbol("buildx")
    public static final class DescriptorImpl extends ToolDescriptor<BuildxInstallation> {
        @SuppressWarnings("this-escape") // as every tool's descriptor does
        public DescriptorImpl() {
            super(BuildxInstallation.class);
            load();
        }

        @Override
        public String getDisplayName() {
            return "buildx";
        }

        @Override
        public List<? extends ToolInstaller> getDefaultInstallers() {
            return List.of(new BuildxInstaller(null));
        }

        @Override
        public void setInstallations(BuildxInstallation... installations) {
            super.setInstallations(installations);
            save();
        }

        @Override
        protected FormValidation checkHomeDirectory(File home) {
            String program = "docker-buildx" + (Os.parse(System.getProperty("os.name")) == Os.WINDOWS ? ".exe" : "");
            return new File(home, program).isFile()
                    ? FormValidation.ok()
                    : FormValidation.warning("no " + program + " is in this folder of the controller");
        }
    }
}
