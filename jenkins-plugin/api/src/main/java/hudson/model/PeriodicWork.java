package hudson.model;

import hudson.ExtensionPoint;

/** Something that Jenkins does again and again; here nobody starts it. */
public abstract class PeriodicWork implements ExtensionPoint, Runnable {
    protected static final long MIN = 60_000;
    protected static final long HOUR = 60 * MIN;
    protected static final long DAY = 24 * HOUR;

    public abstract long getRecurrencePeriod();

    public long getInitialDelay() {
        return getRecurrencePeriod();
    }

    protected abstract void doRun() throws Exception;

    @Override
    public final void run() {
        throw new IllegalStateException("no Jenkins is running here");
    }
}
