package hudson.model;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** The log of something that Jenkins does. */
public interface TaskListener extends SerializableOnlyOverRemoting {
    /** Keeps nothing. */
    TaskListener NULL = new SilentListener();

    PrintStream getLogger();

    /** Writes a message that stands out; more can be written below it. */
    default PrintWriter error(String message) {
        return write("ERROR: ", message);
    }

    default PrintWriter fatalError(String message) {
        return write("FATAL: ", message);
    }

    private PrintWriter write(String prefix, String message) {
        PrintStream log = getLogger();
        log.println(prefix + message);
        return new PrintWriter(new OutputStreamWriter(log, StandardCharsets.UTF_8), true);
    }

    /** The listener behind {@link #NULL}. */
    final class SilentListener implements TaskListener {
        private static final long serialVersionUID = 1L;

        private SilentListener() {}

        @Override
        public PrintStream getLogger() {
            return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        }
    }
}
