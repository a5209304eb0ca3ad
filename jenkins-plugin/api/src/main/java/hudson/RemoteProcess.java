package hudson;

import hudson.model.TaskListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.agents.ControllerToAgentCallable;

/** A process at the other end of a connection, which here is this JVM too. */
final class RemoteProcess extends Proc {
    /** What a connection keeps for stand-ins that were sent over it. */
    private static final Map<String, Launcher.ProcStarter> STREAMS = new ConcurrentHashMap<>();

    private static final Map<String, Proc> PROCESSES = new ConcurrentHashMap<>();

    private final Launcher launcher;
    private final String id;

    private RemoteProcess(Launcher launcher, String id) {
        this.launcher = launcher;
        this.id = id;
    }

    static Proc start(Launcher launcher, Launcher.ProcStarter starter) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        STREAMS.put(id, starter);
        String directory = starter.pwd() == null ? "" : starter.pwd().getRemote();
        try {
            launcher.getChannel()
                    .call(new Start(
                            id,
                            new ArrayList<>(starter.cmds()),
                            new ArrayList<>(Arrays.asList(starter.envs())),
                            directory,
                            starter.quiet()));
        } finally {
            STREAMS.remove(id);
        }
        return new RemoteProcess(launcher, id);
    }

    @Override
    public boolean isAlive() throws IOException, InterruptedException {
        return launcher.getChannel().call(new IsAlive(id));
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        launcher.getChannel().call(new End(id));
    }

    @Override
    public int join() throws IOException, InterruptedException {
        try {
            return launcher.getChannel().call(new Join(id));
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
    }

    @Override
    public InputStream getStdout() {
        return PROCESSES.get(id).getStdout();
    }

    @Override
    public InputStream getStderr() {
        return PROCESSES.get(id).getStderr();
    }

    @Override
    public OutputStream getStdin() {
        return null;
    }

    private record Start(String id, List<String> command, List<String> variables, String directory, boolean quiet)
            implements ControllerToAgentCallable<Boolean, IOException> {
        @Override
        public Boolean call() throws IOException {
            Launcher.ProcStarter asked = STREAMS.get(id);
            Launcher here = new Launcher.LocalLauncher(TaskListener.NULL);
            Launcher.ProcStarter starter = here.launch()
                    .cmds(command)
                    .envs(variables.toArray(String[]::new))
                    .quiet(quiet);
            starter.stdout(asked.stdout()).stderr(asked.stderr());
            starter.reverseStdout = asked.reverseStdout;
            starter.reverseStderr = asked.reverseStderr;
            PROCESSES.put(id, (directory.isEmpty() ? starter : starter.pwd(directory)).start());
            return true;
        }
    }

    private record IsAlive(String id) implements ControllerToAgentCallable<Boolean, IOException> {
        @Override
        public Boolean call() throws IOException {
            try {
                return PROCESSES.get(id).isAlive();
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }
    }

    private record End(String id) implements ControllerToAgentCallable<Boolean, IOException> {
        @Override
        public Boolean call() throws IOException {
            try {
                PROCESSES.get(id).kill();
                return true;
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }
    }

    private record Join(String id) implements ControllerToAgentCallable<Integer, IOException> {
        @Override
        public Integer call() throws IOException {
            try {
                return PROCESSES.get(id).join();
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }
    }

    record Kill(EnvVars variables) implements ControllerToAgentCallable<Boolean, IOException> {
        @Override
        public Boolean call() throws IOException {
            try {
                Slayer.endAll(variables);
                return true;
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }
    }
}
