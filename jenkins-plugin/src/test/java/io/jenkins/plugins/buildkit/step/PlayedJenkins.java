package io.jenkins.plugins.buildkit.step;

import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.buildkit.config.BuilderConfig;
import io.jenkins.plugins.buildkit.config.BuildkitConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** A controller to which every open {@link Connection} is one of the agent {@code played}. */
final class PlayedJenkins extends Jenkins {
    static final String AGENT = "played";

    private static final PlayedJenkins ONLY = make();

    private PlayedJenkins(Path home) {
        super(home.toFile());
    }

    private static PlayedJenkins make() {
        try {
            return new PlayedJenkins(Files.createTempDirectory("played-jenkins"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it with these builders in its configuration. */
    static void with(String defaultBuilder, BuilderConfig... builders) {
        started(ONLY);
        BuildkitConfiguration configuration = new BuildkitConfiguration();
        configuration.setBuilders(List.of(builders));
        configuration.setDefaultBuilder(defaultBuilder);
        ExtensionList.put(BuildkitConfiguration.class, configuration);
    }

    /** What the controller has written down of builders that it made. */
    static String ledger() throws IOException {
        Path file = ONLY.getRootDir().toPath().resolve("buildkit-builders.json");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Override
    public Computer[] getComputers() {
        return Stream.concat(
                        Arrays.stream(super.getComputers()),
                        Connection.open().map(connection -> new Agent(connection).toComputer()))
                .toArray(Computer[]::new);
    }

    /** As it is configured, with its connection. */
    private static final class Agent extends Node {
        private final Connection connection;

        Agent(Connection connection) {
            this.connection = connection;
        }

        @Override
        public String getNodeName() {
            return AGENT;
        }

        @Override
        public Launcher createLauncher(TaskListener listener) {
            return new Launcher.LocalLauncher(listener);
        }

        @Override
        public FilePath getRootPath() {
            return new FilePath(connection, "/");
        }

        @Override
        protected Computer createComputer() {
            return new Computer(this) {
                @Override
                public VirtualChannel getChannel() {
                    return connection;
                }

                @Override
                public Boolean isUnix() {
                    return true;
                }
            };
        }
    }
}
