package hudson.model.listeners;

import hudson.ExtensionPoint;
import hudson.model.Item;

/** Hears of jobs and folders; here nobody tells it of any. */
public class ItemListener implements ExtensionPoint {
    /** To be told for what was in a folder too, before it is told for the folder. */
    public void onDeleted(Item item) {}

    /** Told for the item that was renamed or moved, and for each below it. */
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {}

    public void onBeforeShutdown() {}
}
