package hudson.model;

import hudson.ExtensionPoint;

/** A message to whoever administers Jenkins, as long as it is activated. */
public abstract class AdministrativeMonitor implements ExtensionPoint, ModelObject {
    public abstract boolean isActivated();

    @Override
    public String getDisplayName() {
        return getClass().getSimpleName();
    }
}
