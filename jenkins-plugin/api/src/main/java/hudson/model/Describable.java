package hudson.model;

/** Something that a {@link Descriptor} describes. */
public interface Describable<T extends Describable<T>> {
    default Descriptor<T> getDescriptor() {
        throw new IllegalStateException("no Jenkins is running here");
    }
}
