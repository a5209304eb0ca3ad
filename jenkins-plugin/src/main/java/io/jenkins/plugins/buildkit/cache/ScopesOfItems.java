package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import java.util.Optional;

/** Drops the layers of jobs and branches that are deleted, and has those of jobs that are renamed or moved go with them. */
@Extension
public final class ScopesOfItems extends ItemListener {
    /** Told for each job of a folder that is deleted. */
    @Override
    public void onDeleted(Item item) {
        String name = item.getFullName();
        Optional<BuildOrigin.Head> head = JobOrigin.of(item);
        CacheLifecycle.get().later("dropping the layers of " + name, keeper -> {
            if (head.isEmpty()) {
                keeper.drop(keeper.namespaces().of(name));
                return;
            }
            for (String scope : head.get().scopes()) {
                keeper.drop(keeper.namespaces().of(head.get().owner()), scope);
            }
        });
    }

    /** Told for each item below one that is moved too. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        CacheLifecycle.get()
                .later(
                        "moving the layers of " + oldFullName + " to " + newFullName,
                        keeper -> keeper.rename(
                                keeper.namespaces().of(oldFullName),
                                keeper.namespaces().of(newFullName)));
    }
}
