package hudson.remoting;

import java.io.IOException;

/** The connection is no longer there. */
public class ChannelClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    public ChannelClosedException(String message) {
        super(message);
    }
}
