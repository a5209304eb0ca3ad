package hudson;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A process of this machine, as {@link Launcher.LocalLauncher} starts it. */
final class LocalProcess extends Proc {
    /** Jenkins waits ten times as long for streams that somebody else still holds. */
    private static final long PATIENCE_MILLIS = 1000;

    private static final String LEAKED = "Process leaked file descriptors. See https://www.jenkins.io/redirect/"
            + "troubleshooting/process-leaked-file-descriptors for more information\n";

    private final Map<String, String> cookie = EnvVars.createCookie();
    private final Process process;
    private final OutputStream out;
    private final Copying copyingOut;
    private final Copying copyingErr;

    LocalProcess(Launcher.ProcStarter starter, String[] command, Map<String, String> environment) throws IOException {
        this.process = start(command, environment, cookie, starter);
        this.out = starter.stdout;
        this.copyingOut = starter.reverseStdout ? null : new Copying(process.getInputStream(), starter.stdout);
        this.copyingErr = starter.stderr == null || starter.reverseStderr
                ? null
                : new Copying(process.getErrorStream(), starter.stderr);
        process.getOutputStream().close();
    }

    private static Process start(
            String[] command, Map<String, String> environment, Map<String, String> cookie, Launcher.ProcStarter starter)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(cookie);
        builder.redirectErrorStream(starter.stderr == null && !starter.reverseStderr);
        if (starter.pwd != null) {
            File directory = new File(starter.pwd.getRemote());
            if (!directory.exists()) {
                throw new IOException("Process working directory '" + directory.getAbsolutePath() + "' doesn't exist!");
            }
            builder.directory(directory);
        }
        return builder.start();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        destroy();
        join();
    }

    private void destroy() throws InterruptedException {
        Slayer.end(process.toHandle());
        Slayer.endAll(cookie);
    }

    @Override
    public int join() throws IOException, InterruptedException {
        try {
            int status = process.waitFor();
            boolean leaked = isStillCopying(copyingOut);
            if (isStillCopying(copyingErr) || leaked) {
                out.write(LEAKED.getBytes(StandardCharsets.UTF_8));
            }
            return status;
        } catch (InterruptedException e) {
            destroy();
            throw e;
        }
    }

    private static boolean isStillCopying(Copying copying) throws InterruptedException {
        if (copying != null) {
            copying.join(PATIENCE_MILLIS);
        }
        return copying != null && copying.isAlive();
    }

    @Override
    public InputStream getStdout() {
        return copyingOut == null ? process.getInputStream() : null;
    }

    @Override
    public InputStream getStderr() {
        return copyingErr == null ? process.getErrorStream() : null;
    }

    @Override
    public OutputStream getStdin() {
        return null;
    }

    /** Dies of what the other end throws, like the real one; the process then waits for ever to be read. */
    private static final class Copying extends Thread {
        private final InputStream from;
        private final OutputStream to;

        Copying(InputStream from, OutputStream to) {
            super("copying of a process' output");
            this.from = from;
            this.to = to == null ? OutputStream.nullOutputStream() : to;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            byte[] chunk = new byte[8192];
            try (from) {
                for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
                    to.write(chunk, 0, count);
                }
            } catch (IOException e) {
                // the process is gone
            }
        }
    }
}
