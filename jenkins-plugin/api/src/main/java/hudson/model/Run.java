package hudson.model;

import hudson.security.Permission;
import java.io.File;
import java.io.IOException;
import jenkins.model.RunAction2;

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

    @Override
    public void addAction(Action a) {
        super.addAction(a);
        if (a instanceof RunAction2 attached) {
            attached.onAttached(this);
        }
    }

    /** Everybody may do everything here. */
    public void checkPermission(Permission permission) {}

    /** Nothing is kept here. */
    @Override
    public synchronized void save() throws IOException {}
}
