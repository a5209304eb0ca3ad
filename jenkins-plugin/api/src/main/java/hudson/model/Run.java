package hudson.model;

/** One build of a job. */
public abstract class Run<JobT, RunT extends Run<JobT, RunT>> {
    public abstract boolean isBuilding();

    public abstract String getExternalizableId();

    /** {@code null} when there is no such build any more. */
    public static Run<?, ?> fromExternalizableId(String id) {
        return null;
    }
}
