package hudson;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts processes on an agent. */
public abstract class Launcher {
    protected final TaskListener listener;
    protected final VirtualChannel channel;

    protected Launcher(TaskListener listener, VirtualChannel channel) {
        this.listener = listener;
        this.channel = channel;
    }

    protected Launcher(Launcher launcher) {
        this(launcher.listener, launcher.channel);
    }

    /** Starts a process; {@code $} in arguments and variables refers to variables. */
    public abstract Proc launch(ProcStarter starter) throws IOException;

    /** Ends all processes that have these variables. */
    public abstract void kill(Map<String, String> variables) throws IOException, InterruptedException;

    public final ProcStarter launch() {
        return new ProcStarter();
    }

    public VirtualChannel getChannel() {
        return channel;
    }

    public TaskListener getListener() {
        return listener;
    }

    public boolean isUnix() {
        return File.pathSeparatorChar == ':';
    }

    /** The same launcher with words before every command. */
    public final Launcher decorateByPrefix(String... prefix) {
        return new DecoratedLauncher(this) {
            @Override
            public Proc launch(ProcStarter starter) throws IOException {
                List<String> commands = new ArrayList<>(Arrays.asList(prefix));
                commands.addAll(starter.cmds());
                if (starter.masks() != null) {
                    boolean[] masks = new boolean[commands.size()];
                    System.arraycopy(starter.masks(), 0, masks, prefix.length, starter.masks().length);
                    starter.masks(masks);
                }
                return super.launch(starter.cmds(commands));
            }
        };
    }

    /** The same launcher with variables for every command. */
    public final Launcher decorateByEnv(EnvVars variables) {
        EnvVars added = new EnvVars(variables);
        return new DecoratedLauncher(this) {
            @Override
            public Proc launch(ProcStarter starter) throws IOException {
                EnvVars all = new EnvVars(added);
                Arrays.asList(starter.envs()).forEach(all::addLine);
                return super.launch(starter.envs(all));
            }
        };
    }

    /** A process to be started. */
    public final class ProcStarter {
        List<String> commands;
        boolean[] masks;
        FilePath pwd;
        OutputStream stdout = OutputStream.nullOutputStream();
        OutputStream stderr;
        String[] envs;
        boolean reverseStdout;
        boolean reverseStderr;
        private boolean quiet;

        public ProcStarter cmds(String... words) {
            return cmds(Arrays.asList(words));
        }

        public ProcStarter cmds(List<String> words) {
            commands = new ArrayList<>(words);
            return this;
        }

        public List<String> cmds() {
            return commands;
        }

        /** Which words are hidden where the command is shown. */
        public ProcStarter masks(boolean... hidden) {
            masks = hidden;
            return this;
        }

        public boolean[] masks() {
            return masks;
        }

        /** Whether the command is not shown. */
        public ProcStarter quiet(boolean silent) {
            quiet = silent;
            return this;
        }

        public boolean quiet() {
            return quiet;
        }

        public ProcStarter pwd(FilePath directory) {
            pwd = directory;
            return this;
        }

        public ProcStarter pwd(String directory) {
            return pwd(new FilePath(new File(directory)));
        }

        public FilePath pwd() {
            return pwd;
        }

        public ProcStarter stdout(OutputStream out) {
            stdout = out;
            return this;
        }

        public ProcStarter stdout(TaskListener out) {
            return stdout(out.getLogger());
        }

        public OutputStream stdout() {
            return stdout;
        }

        /** Without one it goes where standard output goes. */
        public ProcStarter stderr(OutputStream err) {
            stderr = err;
            return this;
        }

        public OutputStream stderr() {
            return stderr;
        }

        public ProcStarter envs(Map<String, String> variables) {
            envs = Util.mapToEnv(variables);
            return this;
        }

        public ProcStarter envs(String... lines) {
            envs = lines;
            return this;
        }

        public String[] envs() {
            return envs == null ? new String[0] : envs.clone();
        }

        public ProcStarter readStdout() {
            reverseStdout = true;
            stdout = null;
            stderr = null;
            return this;
        }

        public ProcStarter readStderr() {
            reverseStdout = true;
            reverseStderr = true;
            return this;
        }

        public Proc start() throws IOException {
            return launch(this);
        }

        public int join() throws IOException, InterruptedException {
            return start().join();
        }
    }

    /** Starts processes here. */
    public static class LocalLauncher extends Launcher {
        public LocalLauncher(TaskListener listener) {
            this(listener, FilePath.localChannel);
        }

        public LocalLauncher(TaskListener listener, VirtualChannel channel) {
            super(listener, channel);
        }

        @Override
        public Proc launch(ProcStarter starter) throws IOException {
            if (!starter.quiet()) {
                listener.getLogger().println("$ " + String.join(" ", shown(starter)));
            }
            EnvVars given = new EnvVars();
            Arrays.asList(starter.envs()).forEach(given::addLine);
            EnvVars environment = new EnvVars(EnvVars.masterEnvVars).overrideExpandingAll(given);
            String[] command = starter.cmds().stream().map(environment::expand).toArray(String[]::new);
            return new LocalProcess(starter, command, environment);
        }

        private static List<String> shown(ProcStarter starter) {
            List<String> words = new ArrayList<>(starter.cmds());
            for (int i = 0; starter.masks() != null && i < words.size(); i++) {
                words.set(i, starter.masks()[i] ? "********" : words.get(i));
            }
            return words;
        }

        @Override
        public void kill(Map<String, String> variables) throws InterruptedException {
            Slayer.endAll(variables);
        }
    }

    /** Starts processes at the other end of a connection; every question to them is one call. */
    public static class RemoteLauncher extends Launcher {
        private final boolean unix;

        public RemoteLauncher(TaskListener listener, VirtualChannel channel, boolean isUnix) {
            super(listener, channel);
            this.unix = isUnix;
        }

        @Override
        public boolean isUnix() {
            return unix;
        }

        @Override
        public Proc launch(ProcStarter starter) throws IOException {
            try {
                return RemoteProcess.start(this, starter);
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }

        @Override
        public void kill(Map<String, String> variables) throws IOException, InterruptedException {
            getChannel().call(new RemoteProcess.Kill(new EnvVars(variables)));
        }
    }

    /** Starts processes by another launcher, in a way of its own. */
    public static class DecoratedLauncher extends Launcher {
        private final Launcher inner;

        public DecoratedLauncher(Launcher inner) {
            super(inner);
            this.inner = inner;
        }

        public Launcher getInner() {
            return inner;
        }

        @Override
        public Proc launch(ProcStarter starter) throws IOException {
            return inner.launch(starter);
        }

        @Override
        public void kill(Map<String, String> variables) throws IOException, InterruptedException {
            inner.kill(variables);
        }

        @Override
        public boolean isUnix() {
            return inner.isUnix();
        }

        @Override
        public VirtualChannel getChannel() {
            return inner.getChannel();
        }

        @Override
        public TaskListener getListener() {
            return inner.getListener();
        }
    }
}
