package hudson.model;

import hudson.security.Permission;

/** What is built again and again. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements Item {
    /** Everybody may do everything here. */
    @Override
    public void checkPermission(Permission permission) {}

    /** Everybody may do everything here. */
    @Override
    public boolean hasPermission(Permission permission) {
        return true;
    }
}
