package hudson.model.listeners;

import hudson.ExtensionPoint;
import hudson.model.Run;

/** Hears of builds; here nobody tells it of any. */
@SuppressWarnings("rawtypes")
public abstract class RunListener<R extends Run> implements ExtensionPoint {
    protected RunListener() {}

    public void onFinalized(R run) {}
}
