package hudson.model;

import java.io.IOException;

/** Something that is kept over restarts. */
public interface Saveable {
    void save() throws IOException;
}
