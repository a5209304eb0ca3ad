package hudson.model;

import java.io.File;
import java.io.IOException;

/** One build of a {@link Job}. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements Saveable {
    /** The directory on the controller that holds what is kept of this build. */
    public abstract File getRootDir();

    public abstract JobT getParent();

    public abstract String getExternalizableId();

    public boolean isBuilding() {
        return true;
    }

    /** {@code null} when there is no such build any more; here there is none. */
    public static Run<?, ?> fromExternalizableId(String id) {
        return null;
    }

    @Override
    public String getDisplayName() {
        return getExternalizableId();
    }

    /** Nothing is kept here. */
    @Override
    public synchronized void save() throws IOException {}
}
