package hudson.model;

import java.util.Collection;
import java.util.List;

/** What holds jobs and folders. */
public interface ItemGroup<T> {
    default Collection<T> getItems() {
        return List.of();
    }
}
