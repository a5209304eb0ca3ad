package jenkins.model;

import java.io.IOException;

/** Something that is read back after a restart. */
public interface Loadable {
    void load() throws IOException;
}
