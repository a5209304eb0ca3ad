package hudson.model;

import jenkins.model.Loadable;

/** Describes a kind of {@link Describable}: its name, its forms, what is configured for all of it. */
public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable {
    public final transient Class<? extends T> clazz;

    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz;
    }

    @SuppressWarnings("unchecked")
    protected Descriptor() {
        this.clazz = (Class<? extends T>) getClass().getEnclosingClass();
    }

    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    public String getId() {
        return clazz.getName();
    }

    /** Nothing is kept here. */
    @Override
    public synchronized void load() {}

    /** Nothing is kept here. */
    @Override
    public synchronized void save() {}
}
