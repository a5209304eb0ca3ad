package hudson;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A process that was started. */
public abstract class Proc {
    protected Proc() {}

    public abstract boolean isAlive() throws IOException, InterruptedException;

    /** Ends it with its descendants and waits for the end. */
    public abstract void kill() throws IOException, InterruptedException;

    /** Waits for its end; an interrupt kills it. */
    public abstract int join() throws IOException, InterruptedException;

    /** {@code null} unless the caller asked to read it. */
    public abstract InputStream getStdout();

    public abstract InputStream getStderr();

    public abstract OutputStream getStdin();
}
